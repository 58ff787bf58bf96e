/** Jobs: they make pods that are to end by themselves. */

import { omitEmpty } from '../../present';
import { type Condition, isActive, isReady, isTrue, type Job, type Pod } from '../kinds';
import { kubeTime } from '../kube-object';
import type { Change } from '../object-store';
import { type Controller, partsOf } from './control-loop';
import { podFrom } from './pod-from-template';
import { createPod, nextPod, ownersConcerned, type PodOwnerParts } from './pod-set';
import { setCondition } from './pod-status';

const BY = 'job-controller';
const USUAL_BACK_OFF_LIMIT = 6;

export class Jobs implements Controller {
  readonly name = 'jobs';
  /** Number of pods that each job has made so far, by the job's uid. */
  private readonly made = new Map<string, number>();

  constructor(private readonly parts: PodOwnerParts) {}

  concerns(change: Change): Iterable<string> {
    return ownersConcerned(change, 'jobs');
  }

  reconcile(key: string): void {
    const { store } = this.parts;
    const job = store.get('jobs', ...partsOf(key)) as Job | undefined;
    if (!job || job.metadata.deletionTimestamp !== undefined || isDone(job)) return;
    const { parallelism = 1, completions = 1, backoffLimit = USUAL_BACK_OFF_LIMIT } = job.spec;
    const { active, succeeded, failed } = this.countsOf(job);
    const isOver = failed > backoffLimit;
    const missing = isOver ? 0 : Math.min(parallelism, completions - succeeded) - active.length;
    for (let left = missing; left > 0; left -= 1) this.make(job);
    this.tellStatus(job, succeeded >= completions, isOver);
  }

  private countsOf(job: Job) {
    const own = this.parts.pods.ownedBy(job.metadata.uid);
    const ended = (phase: string): number => own.filter(({ status }) => status?.phase === phase).length;
    return { active: own.filter(isActive), succeeded: ended('Succeeded'), failed: ended('Failed') };
  }

  private make(job: Job): void {
    const { name, uid } = job.metadata;
    const next = nextPod(this.parts, job, this.made.get(uid));
    this.made.set(uid, next.count);
    const labels = { 'batch.kubernetes.io/job-name': name, 'batch.kubernetes.io/controller-uid': uid };
    const pod = podFrom(job, job.spec.template, { name: next.name, labels });
    createPod(this.parts, job, pod, BY);
  }

  private tellStatus(job: Job, isComplete: boolean, isOver: boolean): void {
    const { store, time } = this.parts;
    const { active, succeeded, failed } = this.countsOf(job);
    const now = time.now();
    const ended: Condition | undefined = isComplete
      ? {
          type: 'Complete',
          status: 'True',
          reason: 'CompletionsReached',
          message: 'Reached expected number of succeeded pods',
        }
      : isOver
        ? {
            type: 'Failed',
            status: 'True',
            reason: 'BackoffLimitExceeded',
            message: 'Job has reached the specified backoff limit',
          }
        : undefined;
    store.update('jobs', {
      ...job,
      status: {
        startTime: job.status?.['startTime'] ?? kubeTime(now),
        ...omitEmpty({ active: active.length }),
        ready: active.filter((pod: Pod) => isReady(pod)).length,
        ...omitEmpty({ succeeded, failed }),
        ...(ended && { conditions: setCondition(job.status?.conditions ?? [], ended, now) }),
        ...(isComplete && { completionTime: kubeTime(now) }),
      },
    });
  }
}

function isDone({ status }: Job): boolean {
  return isTrue(status?.conditions, 'Complete') || isTrue(status?.conditions, 'Failed');
}
