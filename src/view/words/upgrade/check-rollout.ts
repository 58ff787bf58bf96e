/** Sentences of the checks of how an update will run: addresses, pace, draining, other tools. */
import type { Subnet } from '../../../model/eks';
import type { RolloutFacts } from '../../../upgrade/checks/facts';
import type { Evidence, Manager, ManagerName } from '../../../upgrade/managers';
import type { Pace } from '../../../upgrade/pace';
import type { Translate } from '../translate';
import { nodesWords, rangeWords } from './counts';
import type { Sentences } from './sentences';
import { unknownWords } from './unknown';

export const rolloutSentences: Sentences<RolloutFacts> = {
  'addresses-enough': ({ extraNodes, free }, t) =>
    t(
      'The subnets have {free} free addresses; the update adds up to {nodes} for a while. Pods take addresses too.',
      {
        free,
        nodes: nodesWords(extraNodes, t),
      },
    ),
  'addresses-short': ({ extraNodes, free, subnets }, t) =>
    t(
      'The subnets have {free} free addresses in all ({subnets}), and the update adds up to {nodes} for a while. Free some, or add subnets.',
      { free, subnets: subnetList(subnets, t), nodes: nodesWords(extraNodes, t) },
    ),
  'addresses-short-in-zone': ({ extraNodes, subnets }, t) =>
    t('Few addresses are free in {subnets}, and the update adds up to {nodes} over all zones. Free some.', {
      subnets: subnetList(subnets, t),
      nodes: nodesWords(extraNodes, t),
    }),
  'addresses-not-needed': (_facts, t) => t('The update adds no nodes, so it needs no further addresses.'),
  'addresses-unknown': ({ extraNodes, why }, t) => {
    const reason = why ? unknownWords(why, t) : t('Not known: AWS does not say.');
    return extraNodes === undefined
      ? t('Free addresses of the subnets: {reason}', { reason })
      : t('The update adds up to {nodes} for a while. Free addresses of the subnets: {reason}', {
          nodes: nodesWords(extraNodes, t),
          reason,
        });
  },
  pace: ({ pace }, t) => paceWords(pace, t),
  'pace-all-at-once': ({ pace }, t) =>
    t('All nodes may go at once, as the update settings allow it. {pace}', { pace: paceWords(pace, t) }),
  'pace-terminates-first': ({ pace }, t) =>
    t('By the MINIMAL strategy nodes are ended before new ones are there. {pace}', {
      pace: paceWords(pace, t),
    }),
  'pace-unknown': (_facts, t) => t('How many nodes there are is not known, so neither is how long it takes.'),
  'drain-respects-budgets': ({ drainMinutes }, t) =>
    t(
      'Disruption budgets are respected: if pods cannot be moved off a node within {drainMinutes} minutes, the update fails and that node stays.',
      { drainMinutes },
    ),
  'drain-forced': ({ drainMinutes }, t) =>
    t(
      'Force: pods that cannot be moved off a node within {drainMinutes} minutes are ended with it, disruption budgets or not.',
      { drainMinutes },
    ),
  'managed-by-nobody': (_facts, t) => t('No tag or name tells of another tool that manages the node group.'),
  'managed-by': ({ managers }, t) =>
    t('Will drift from {managers}. Make the same change there, or the tool may undo it.', {
      managers: managers.map((manager) => managerWords(manager, t)).join('; '),
    }),
};

/** How many nodes go at once and roughly how long it takes. */
export function paceWords({ nodes, parallel, minutes }: Pace, t: Translate): string {
  if (nodes === undefined || !parallel || !minutes) {
    return t('How many nodes there are is not known, so neither is how long it takes.');
  }
  if (nodes === 0) return t('The group has no nodes now, so no pods move.');
  return t('{nodes}, {parallel} at a time: roughly {minutes} minutes, longer where pods are slow to move.', {
    nodes: nodesWords(nodes, t),
    parallel: rangeWords(parallel, t),
    minutes: rangeWords(minutes, t),
  });
}

function subnetList(subnets: readonly Subnet[], t: Translate): string {
  return subnets
    .map(({ id, availabilityZone, freeAddresses }) =>
      t('{subnet}: {free}', {
        subnet: availabilityZone === undefined ? id : `${id} (${availabilityZone})`,
        free: freeAddresses ?? t('not known'),
      }),
    )
    .join(', ');
}

const MANAGERS: Readonly<Record<ManagerName, string>> = {
  cloudformation: 'CloudFormation',
  eksctl: 'eksctl',
  karpenter: 'Karpenter',
  terraform: 'Terraform',
};

function managerWords({ name, evidence }: Manager, t: Translate): string {
  return t('{manager} ({evidence})', { manager: MANAGERS[name], evidence: evidenceWords(evidence, t) });
}

function evidenceWords(evidence: Evidence, t: Translate): string {
  if (evidence.kind === 'tag') return t('tag {key} = {value}', { key: evidence.key, value: evidence.value });
  return evidence.of === 'launch-template'
    ? t('launch template {value}', { value: evidence.value })
    : t('name {value}', { value: evidence.value });
}
