/** The batch cluster: a job whose pods run for hours, a job that has already ended, and a scheduler. */
import type { Programs } from '../../kubernetes/programs';
import { deployment, job, type Manifest, namespace } from './manifests';

const WHERE = 'risk';
const IMAGE = 'registry.acme.example/risk/engine:11.2';

export function riskManifests(): readonly Manifest[] {
  const batch = (name: string, parallelism: number, completions: number) =>
    job({
      namespace: WHERE,
      name,
      image: IMAGE,
      group: 'spot-batch',
      cpu: '2',
      memory: '4Gi',
      pod: { restartPolicy: 'OnFailure' },
      spec: { backoffLimit: 6, parallelism, completions },
    });
  return [
    namespace(WHERE),
    deployment({ namespace: WHERE, name: 'scheduler', image: IMAGE, group: 'on-demand', replicas: 2 }),
    batch('var-overnight', 8, 8),
    batch('pnl-explain', 2, 2),
  ];
}

export function riskPrograms(programs: Programs): void {
  programs.set(
    { namespace: WHERE, pod: 'var-overnight' },
    {
      end: { afterSeconds: 12 * 3600, exitCode: 0 },
      log: ['loading 18,204 positions', 'simulating 10,000 paths'],
    },
  );
  programs.set(
    { namespace: WHERE, pod: 'pnl-explain' },
    {
      end: { afterSeconds: 20 * 60, exitCode: 0 },
      log: ['explaining 2 books'],
      lastWords: ['done'],
    },
  );
}
