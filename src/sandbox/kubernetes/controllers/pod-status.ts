/** A pod's phase and conditions, derived from the states of its containers. */
import type { Condition, ContainerStatus, Pod } from '../kinds';
import { kubeTime } from '../kube-object';

/**
 * The pod with one condition set. The condition's `lastTransitionTime` changes only when its `status` does.
 * @param now epoch milliseconds.
 */
export function withCondition(pod: Pod, condition: Condition, now: number): Pod {
  const { conditions = [] } = pod.status ?? {};
  return { ...pod, status: { ...pod.status, conditions: setCondition(conditions, condition, now) } };
}

/** @param now epoch milliseconds. */
export function setCondition(
  conditions: readonly Condition[],
  condition: Condition,
  now: number,
): readonly Condition[] {
  const known = conditions.find(({ type }) => type === condition.type);
  const since = known?.status === condition.status ? known['lastTransitionTime'] : undefined;
  const set = { ...condition, lastTransitionTime: since ?? kubeTime(now) };
  if (!known) return [...conditions, set];
  return conditions.map((one) => (one === known ? set : one));
}

/**
 * The pod with these container statuses, and the phase and conditions derived from them.
 * @param now epoch milliseconds.
 */
export function withContainers(
  pod: Pod,
  init: readonly ContainerStatus[],
  main: readonly ContainerStatus[],
  now: number,
): Pod {
  const initialized = init.every(({ state }) => state.terminated?.exitCode === 0);
  const phase = phaseOf(pod, init, main);
  const unready = main.filter(({ ready }) => !ready).map(({ name }) => name);
  const why =
    phase === 'Succeeded'
      ? { reason: 'PodCompleted' }
      : phase === 'Failed'
        ? { reason: 'PodFailed' }
        : unready.length > 0
          ? {
              reason: 'ContainersNotReady',
              message: `containers with unready status: [${unready.join(' ')}]`,
            }
          : {};
  const ready = unready.length === 0 && phase === 'Running' ? 'True' : 'False';
  const incomplete = init.filter(({ state }) => state.terminated?.exitCode !== 0).map(({ name }) => name);
  const conditions: readonly Condition[] = [
    initialized
      ? { type: 'Initialized', status: 'True', ...(phase === 'Succeeded' && why) }
      : {
          type: 'Initialized',
          status: 'False',
          reason: 'ContainersNotInitialized',
          message: `containers with incomplete status: [${incomplete.join(' ')}]`,
        },
    { type: 'Ready', status: ready, ...why },
    { type: 'ContainersReady', status: ready, ...why },
  ];
  const status = {
    ...pod.status,
    phase,
    conditions: conditions.reduce((all, one) => setCondition(all, one, now), pod.status?.conditions ?? []),
    ...(init.length > 0 && { initContainerStatuses: init }),
    containerStatuses: main,
  };
  return { ...pod, status };
}

function phaseOf(
  { spec }: Pod,
  init: readonly ContainerStatus[],
  main: readonly ContainerStatus[],
): 'Pending' | 'Running' | 'Succeeded' | 'Failed' {
  const { restartPolicy = 'Always' } = spec;
  const lost = init.some(({ state }) => (state.terminated?.exitCode ?? 0) !== 0);
  if (lost && restartPolicy === 'Never') return 'Failed';
  const ended = main.every(({ state }) => state.terminated !== undefined);
  if (ended && restartPolicy !== 'Always') {
    const failed = main.some(({ state }) => state.terminated?.exitCode !== 0);
    if (!failed) return 'Succeeded';
    if (restartPolicy === 'Never') return 'Failed';
  }
  const begun = main.some(
    ({ state, restartCount }) =>
      state.running !== undefined || state.terminated !== undefined || restartCount > 0,
  );
  return begun ? 'Running' : 'Pending';
}
