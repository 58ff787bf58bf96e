/** Update settings that the user chooses for a node group, and whether EKS can accept them. */

import type { CodedOf, NoFacts } from '../../model/coded';
import type { Nodegroup, UpdateConfig } from '../../model/eks';
import { present } from '../../model/present';

/** Update strategies in EKS's model. */
export type UpdateStrategy = 'DEFAULT' | 'MINIMAL';

/** The user's choice. Without `strategy`, the update strategy stays as it is. */
export interface ConfigChoice {
  readonly unavailable:
    | { readonly kind: 'nodes'; readonly count: number }
    | { readonly kind: 'percentage'; readonly percent: number };
  readonly strategy?: UpdateStrategy;
}

export interface ConfigFacts {
  'nodes-out-of-range': { readonly count: number; readonly most: number };
  /** EKS accepts no more unavailable nodes than the group's maximum size. */
  'nodes-over-size': { readonly count: number; readonly most: number };
  'percentage-out-of-range': { readonly percent: number };
  'settings-unchanged': NoFacts;
}

export type ConfigProblem = CodedOf<ConfigFacts>;

/**
 * The most unavailable nodes that EKS accepts.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupUpdateConfig.html
 */
const MOST_NODES = 100;

/** The problems of a choice; empty if EKS can accept the choice and the choice changes a setting. */
export function configProblems(nodegroup: Nodegroup, choice: ConfigChoice): readonly ConfigProblem[] {
  const { unavailable } = choice;
  if (unavailable.kind === 'percentage') {
    const { percent } = unavailable;
    if (!isWithin(percent, 100)) return [{ code: 'percentage-out-of-range', facts: { percent } }];
  } else {
    const { count } = unavailable;
    const size = nodegroup.scaling.max;
    if (!isWithin(count, MOST_NODES)) {
      return [{ code: 'nodes-out-of-range', facts: { count, most: MOST_NODES } }];
    }
    if (size !== undefined && count > size) {
      return [{ code: 'nodes-over-size', facts: { count, most: size } }];
    }
  }
  return isSame(nodegroup.updateConfig, configOf(nodegroup, choice))
    ? [{ code: 'settings-unchanged', facts: {} }]
    : [];
}

function isWithin(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}

function isSame(a: UpdateConfig, b: UpdateConfig): boolean {
  return (
    a.maxUnavailable === b.maxUnavailable &&
    a.maxUnavailablePercentage === b.maxUnavailablePercentage &&
    (a.updateStrategy ?? 'DEFAULT') === (b.updateStrategy ?? 'DEFAULT')
  );
}

/**
 * The settings to send. If the choice names no strategy, the present one is sent again, so that the
 * request contains all settings.
 */
export function configOf({ updateConfig }: Nodegroup, { unavailable, strategy }: ConfigChoice): UpdateConfig {
  const updateStrategy = strategy ?? updateConfig.updateStrategy;
  return {
    ...(unavailable.kind === 'nodes'
      ? { maxUnavailable: unavailable.count }
      : { maxUnavailablePercentage: unavailable.percent }),
    ...present({ updateStrategy }),
  };
}
