/** What a comparison of a folder with deployed code may say: the configuration is known, what the processes run is not. */
import type { KdbCluster } from '../../model/kdb';
import { filesWords } from './counts';
import { statusWords } from './phase';
import type { Translate } from './translate';

type Compared = Pick<KdbCluster, 'phase' | 'status'>;

/** That the folder and the code of the cluster are the same. While the cluster is not ready, it may not run that code. */
export function sameCodeWords(
  { phase, status }: Compared,
  label: string,
  files: number,
  t: Translate,
): string {
  const same = { label, files: filesWords(files, t), status: statusWords(status) };
  return phase === 'ready'
    ? t('No difference: the code of {label} is exactly the {files} of this folder.', same)
    : t(
        'No difference between the configuration of {label} and the {files} of this folder. The cluster is {status}: whether it runs that code is not known.',
        same,
      );
}

/** The title of the differences, with the status of a cluster that is not ready. */
export function comparisonTitle({ phase, status }: Compared, label: string, t: Translate): string {
  return phase === 'ready'
    ? t('Deployed on {label} ↔ Workspace', { label })
    : t('Configured on {label} ({status}) ↔ Workspace', { label, status: statusWords(status) });
}
