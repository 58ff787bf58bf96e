/** UpdateNodegroupConfig: labels, taints, size and update settings of a node group. */

import { present } from '../present';
import type { SandboxSettings } from '../settings';
import type { Nodegroup, NodegroupState, ScalingConfig, Taint, UpdateConfig } from './nodegroup';
import type { PreparedUpdate, UpdateRequest } from './nodegroup-updates';
import { type About, invalidParameter } from './refusals';
import type { UpdateNodegroupConfig } from './shapes';
import type { UpdateParam } from './update';

type Request = UpdateRequest<UpdateNodegroupConfig>;

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupUpdateConfig.html */
const MOST_UNAVAILABLE = 100;
const USUAL_MINUTES = 1;

/** @throws a refusal. */
export function prepareConfigUpdate(request: Request, settings: SandboxSettings): PreparedUpdate {
  const { cluster, nodegroup, input } = request;
  const about = { clusterName: cluster.facts.name, nodegroupName: nodegroup.facts.name };
  const change = {
    scaling: nextScaling(nodegroup, input, about),
    updateConfig: nextUpdateConfig(nodegroup, input, about),
    labels: nextLabels(nodegroup.state, input),
    taints: nextTaints(nodegroup.state, input),
  };
  return {
    type: 'ConfigUpdate',
    params: paramsOf(input),
    minutes: settings.current.eks.updateMinutes || USUAL_MINUTES,
    errors: settings.takeFailure(`${cluster.facts.name}/${nodegroup.facts.name}`) ?? [],
    change,
  };
}

function nextScaling(
  { state }: Nodegroup,
  { scalingConfig }: UpdateNodegroupConfig,
  about: About,
): ScalingConfig {
  const scaling = { ...state.scaling, ...scalingConfig };
  if (scaling.minSize > scaling.desiredSize || scaling.desiredSize > scaling.maxSize)
    throw invalidParameter('desired capacity must be between minSize and maxSize', about);
  return scaling;
}

function nextUpdateConfig(
  { state }: Nodegroup,
  { updateConfig }: UpdateNodegroupConfig,
  about: About,
): UpdateConfig {
  if (!updateConfig) return state.updateConfig;
  const { maxUnavailable, maxUnavailablePercentage, updateStrategy } = updateConfig;
  if (maxUnavailable !== undefined && maxUnavailablePercentage !== undefined)
    throw invalidParameter('Provide either maxUnavailable or maxUnavailablePercentage, not both', about);
  if (maxUnavailable !== undefined && maxUnavailable > MOST_UNAVAILABLE)
    throw invalidParameter(`maxUnavailable cannot be more than ${MOST_UNAVAILABLE}`, about);
  const strategy = updateStrategy ?? state.updateConfig.updateStrategy;
  return {
    ...(maxUnavailable !== undefined
      ? { maxUnavailable }
      : maxUnavailablePercentage !== undefined
        ? { maxUnavailablePercentage }
        : state.updateConfig),
    ...present({ updateStrategy: strategy }),
  };
}

function nextLabels(
  { labels }: NodegroupState,
  { labels: change }: UpdateNodegroupConfig,
): NodegroupState['labels'] {
  const kept = Object.entries(labels).filter(([name]) => !change?.removeLabels?.includes(name));
  return { ...Object.fromEntries(kept), ...change?.addOrUpdateLabels };
}

function nextTaints(
  { taints }: NodegroupState,
  { taints: change }: UpdateNodegroupConfig,
): NodegroupState['taints'] {
  const added = change?.addOrUpdateTaints ?? [];
  const gone = [...added, ...(change?.removeTaints ?? [])];
  const isGone = (taint: Taint): boolean =>
    gone.some(({ key, effect }) => key === taint.key && effect === taint.effect);
  return [...taints.filter((taint) => !isGone(taint)), ...added];
}

function paramsOf({
  labels,
  taints,
  scalingConfig,
  updateConfig,
}: UpdateNodegroupConfig): readonly UpdateParam[] {
  const given: Readonly<Record<string, unknown>> = {
    LabelsToAdd: labels?.addOrUpdateLabels,
    LabelsToRemove: labels?.removeLabels,
    TaintsToAdd: taints?.addOrUpdateTaints,
    TaintsToRemove: taints?.removeTaints,
    MinSize: scalingConfig?.minSize,
    MaxSize: scalingConfig?.maxSize,
    DesiredSize: scalingConfig?.desiredSize,
    MaxUnavailable: updateConfig?.maxUnavailable,
    MaxUnavailablePercentage: updateConfig?.maxUnavailablePercentage,
    UpdateStrategy: updateConfig?.updateStrategy,
  };
  return Object.entries(given).flatMap(([type, value]) =>
    value === undefined ? [] : [{ type, value: typeof value === 'string' ? value : JSON.stringify(value) }],
  );
}
