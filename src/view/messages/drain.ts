/** What blocks a drain, in words: the cause, what helps, and what force would do to the pod. */
import * as l10n from '@vscode/l10n';
import type { Blocker, BudgetFacts, Cause, ForcedEnd } from '../../drain/blocker';
import type { Relief } from '../../drain/budget-room';
import type { PodRef } from '../../drain/ports';
import { type Sentences, say } from './sentences';

/** `shop/rdb-0`. */
export function objectName({ namespace, name }: Pick<PodRef, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** `rdb (needs 3 healthy, has 3)`. */
export function budgetWords({ name, needs, has }: BudgetFacts): string {
  return l10n.t('{name} (needs {needs} healthy, has {has})', { name, needs, has });
}

/** Why the pod stays on its node or leaves late, or what goes wrong when it leaves. */
export function causeWords(cause: Cause): string {
  return say(CAUSES, cause);
}

const CAUSES: Sentences<Cause> = {
  'budget-never': ({ budget }) =>
    l10n.t('The budget {budget} never lets one of its pods go.', { budget: budgetWords(budget) }),
  'budget-not-now': ({ budget }) =>
    l10n.t('The budget {budget} lets no pod go now.', { budget: budgetWords(budget) }),
  'replacement-pending': ({ budget, pending, reason, message }) =>
    l10n.t('The budget {budget} lets no pod go, because {pod} finds no node. {reason}: {message}', {
      budget: budgetWords(budget),
      pod: objectName(pending),
      reason,
      message,
    }),
  'unready-held': ({ budget }) =>
    l10n.t('It is not ready, and the budget {budget} keeps it while too few of the others are.', {
      budget: budgetWords(budget),
    }),
  'budget-behind': ({ budget }) =>
    l10n.t('The budget {budget} was just changed, and Kubernetes has not counted it anew.', {
      budget: budget.name,
    }),
  'budget-not-computed': ({ budget, message }) =>
    l10n.t('Kubernetes cannot count the budget {budget}, so it lets no pod go: {message}', {
      budget: budget.name,
      message,
    }),
  'several-budgets': ({ budgets }) =>
    l10n.t('More than one budget covers it: {budgets}. Kubernetes evicts no such pod.', {
      budgets: budgets.map(({ name }) => name).join(', '),
    }),
  'budget-shared': ({ budget, evictions, pods }) =>
    l10n.t(
      '{pods} pods under the budget {budget} may have to leave at once, and it lets {evictions} go at a time: they leave one after another.',
      { pods, budget: budgetWords(budget), evictions },
    ),
  'comes-back': () =>
    l10n.t('It tolerates cordoned nodes, so the pod that follows it may start on the same node again.'),
  stuck: ({ goneBy, finalizers }) =>
    finalizers.length === 0
      ? l10n.t('It should have been gone by {time}.', { time: new Date(goneBy).toLocaleString() })
      : l10n.t('It should have been gone by {time}, and its finalizers keep it: {finalizers}.', {
          time: new Date(goneBy).toLocaleString(),
          finalizers: finalizers.join(', '),
        }),
  'long-grace': ({ seconds }) =>
    l10n.t('It may take {minutes} minutes to stop, and EKS waits 15 minutes for a node.', {
      minutes: Math.ceil(seconds / 60),
    }),
  'no-controller': () => l10n.t('Nothing makes it anew: once it is evicted, it is gone for good.'),
  'code-gone': ({ uri, version }) =>
    version === undefined
      ? l10n.t('Its code {uri} is no longer in S3, so the pod that follows it cannot start.', { uri })
      : l10n.t(
          'Version {version} of its code {uri} is no longer in S3, so the pod that follows it cannot start.',
          {
            version,
            uri,
          },
        ),
};

/** The remedy for a cause, before the update or while the drain is held up. */
export function helpWords(cause: Cause): string {
  return say(HELP, cause);
}

const HELP: Sentences<Cause> = {
  'budget-never': ({ relief }) => reliefWords(relief),
  'budget-not-now': ({ missing, waitsFor }) =>
    waitsFor.length === 0
      ? missing === 1
        ? l10n.t('Wait until one more of its pods is ready.')
        : l10n.t('Wait until {missing} more of its pods are ready.', { missing })
      : l10n.t('Wait until {pods} is ready, or mend it.', { pods: waitsFor.map(objectName).join(', ') }),
  'replacement-pending': ({ pending }) =>
    l10n.t(
      'Make room for {pod}, or lower what it asks for. Once it is ready, the budget lets the next one go.',
      {
        pod: objectName(pending),
      },
    ),
  'unready-held': () =>
    l10n.t('Mend the pod, or set unhealthyPodEvictionPolicy of the budget to AlwaysAllow.'),
  'budget-behind': () => l10n.t('Check again in a minute.'),
  'budget-not-computed': () =>
    l10n.t(
      'Mend what Kubernetes names. A budget over pods whose owner has no scale takes minAvailable as a number only.',
    ),
  'several-budgets': () => l10n.t('Change the selectors so that one budget covers it, or move it by hand.'),
  'budget-shared': () => l10n.t('Allow more time, or let the budget give more pods at a time.'),
  'comes-back': () =>
    l10n.t('Take away its toleration of node.kubernetes.io/unschedulable, or scale it down for the update.'),
  stuck: () => l10n.t('Find out what its finalizers or its containers wait for.'),
  'long-grace': () => l10n.t('Shorten terminationGracePeriodSeconds, or move it by hand before the update.'),
  'no-controller': () => l10n.t('Save what it holds, then move it by hand.'),
  'code-gone': () => l10n.t('Deploy its code again before the update.'),
};

function reliefWords({ scaleTo, relaxTo: { field, value } }: Relief): string {
  return scaleTo === undefined
    ? l10n.t('Set {field} of the budget to {value}.', { field, value })
    : l10n.t('Scale the workload to {replicas} replicas, or set {field} of the budget to {value}.', {
        replicas: scaleTo,
        field,
        value,
      });
}

/** What an update with force does to the pod. */
export function forcedWords({ remade, breaks }: ForcedEnd): string {
  if (!remade) return l10n.t('Force ends it for good, with its node.');
  return breaks
    ? l10n.t(
        'Force ends it with its node and leaves the budget {budget} with {left} of {needs} healthy pods.',
        {
          budget: breaks.name,
          left: breaks.left,
          needs: breaks.needs,
        },
      )
    : l10n.t('Force ends it with its node; its controller makes another one.');
}

/** `shop/rdb-0 on ip-10-0-1-5: the budget …`. */
export function blockerWords(blocker: Blocker): string {
  return l10n.t('{pod} on {node}: {cause}', {
    pod: objectName(blocker.pod),
    node: blocker.node,
    cause: causeWords(blocker),
  });
}
