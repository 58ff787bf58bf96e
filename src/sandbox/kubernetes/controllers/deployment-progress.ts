/** Decides whether the rollout of a Deployment is paused, complete, progressing or timed out. */
import type { ClusterTime } from '../cluster-time';
import { type Deployment, isTrue } from '../kinds';
import { countsOf, type Fleet, type Phase } from './deployment-status';

/**
 * Simulated seconds without progress after which a rollout has failed, if the Deployment sets no
 * `progressDeadlineSeconds`.
 */
const USUAL_DEADLINE = 600;

interface Rollout {
  /** Name of the current ReplicaSet, and counts of pods, when the rollout last made progress. */
  readonly mark: string;
  readonly timedOut: boolean;
}

export class DeploymentProgress {
  private readonly rollouts = new Map<string, Rollout>();

  /** @param again reconciles the Deployment with the given key once more. */
  constructor(
    private readonly time: ClusterTime,
    private readonly again: (key: string) => void,
  ) {}

  phaseOf(key: string, deployment: Deployment, fleet: Fleet): Phase {
    const { paused, replicas = 1, progressDeadlineSeconds = USUAL_DEADLINE } = deployment.spec;
    const { all, updated, ready, available } = countsOf(fleet);
    if (paused) return 'paused';
    if (fleet.current && updated === replicas && all === replicas && available === replicas) {
      this.rollouts.delete(key);
      return 'complete';
    }
    const name = fleet.current?.metadata.name ?? '';
    // A complete rollout does not start again when a pod fails or moves.
    if (!this.rollouts.has(key) && isComplete(deployment, name) && all - updated === 0) return 'complete';
    const mark = [name, updated, all - updated, ready, available].join(' ');
    const known = this.rollouts.get(key);
    if (known?.mark === mark) return known.timedOut ? 'timed-out' : 'progressing';
    this.rollouts.set(key, { mark, timedOut: false });
    this.time.after(progressDeadlineSeconds * 1000, () => {
      if (this.rollouts.get(key)?.mark !== mark) return;
      this.rollouts.set(key, { mark, timedOut: true });
      this.again(key);
    });
    return 'progressing';
  }
}

function isComplete({ status }: Deployment, currentName: string): boolean {
  const progressing = status?.conditions?.find(({ type }) => type === 'Progressing');
  return (
    isTrue(status?.conditions, 'Progressing') &&
    progressing?.reason === 'NewReplicaSetAvailable' &&
    (progressing.message?.includes(`"${currentName}"`) ?? false)
  );
}
