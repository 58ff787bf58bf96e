/** Evictions in dry run: the API server answers as for a real one, but changes nothing. */
import type { EvictionAnswer, PodRef } from '../drain/ports';
import { failureOf } from '../model/failure';
import type { KubernetesFailure } from '../model/kubernetes-failure';
import type { RateLimiter } from '../model/rate-limiter';
import { textOf } from './body';
import type { ClusterCaller } from './cluster-caller';
import { RESOURCES } from './request';

const DRY_RUN = ['All'];
const DISRUPTION_BUDGET = 'DisruptionBudget';

/**
 * @param limiter the rate limit of the cluster's evictions; each eviction also counts against the limit of
 * all requests
 */
export async function askEviction(
  client: ClusterCaller,
  limiter: RateLimiter,
  pod: PodRef,
  signal: AbortSignal,
): Promise<EvictionAnswer> {
  const leave = await limiter.enter(signal);
  try {
    await client.send(
      {
        verb: 'create',
        resource: RESOURCES.pods,
        place: { namespace: pod.namespace, name: pod.name, subresource: 'eviction' },
        // The dry run is requested both in the query and in the body. Either would suffice, but an API server
        // refuses an eviction if both are given and differ.
        query: { dryRun: 'All' },
        body: { type: 'application/json', text: JSON.stringify(evictionOf(pod)) },
      },
      // No retries, since a 500 is also an answer: the API server returns it if several budgets match the pod.
      { signal, attempts: 1 },
      (answer) => textOf(answer, client),
    );
    return { code: 'allowed' };
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind !== 'kubernetes') throw thrown;
    return answerOf(failure);
  } finally {
    leave();
  }
}

function evictionOf({ name, namespace, uid }: PodRef) {
  return {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
    deleteOptions: { dryRun: DRY_RUN, preconditions: { uid } },
  };
}

function answerOf({ reason, status, message, causes = [] }: KubernetesFailure): EvictionAnswer {
  switch (reason) {
    case 'budget':
      return {
        code: 'refused-by-budget',
        message: causes.find((cause) => cause.reason === DISRUPTION_BUDGET)?.message || message,
      };
    case 'forbidden':
      return { code: 'forbidden', message };
    case 'not-found':
      return { code: 'gone' };
    case 'conflict':
      // The pod's uid is the only precondition, so a conflict means that the pod no longer exists.
      return { code: 'gone' };
    case 'server':
      if (status === 500 && /more than one PodDisruptionBudget/.test(message))
        return { code: 'several-budgets', message };
      return { code: 'unknown', message };
    default:
      return { code: 'unknown', message };
  }
}
