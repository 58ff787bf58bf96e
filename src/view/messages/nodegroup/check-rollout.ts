/**
 * Sentences for the checks that concern the course of an update: addresses, duration, draining, other tools.
 */

import * as l10n from '@vscode/l10n';
import type { Subnet } from '../../../model/eks';
import type { Evidence, Manager, ManagerName } from '../../../nodegroup/rules/managers';
import type { RolloutEstimate } from '../../../nodegroup/rules/rollout-estimate';
import { nodesWords, rangeWords } from '../counts';
import { unknownWords } from '../unread';
import type { CheckCatalogue } from './check-catalogue';

export const rolloutChecks: CheckCatalogue<'free-addresses' | 'pace' | 'drain' | 'managed-by'> = {
  'free-addresses': {
    title: () => l10n.t('Free addresses'),
    found: {
      'addresses-enough': ({ extraNodes, free }) =>
        l10n.t(
          'The subnets have {free} free addresses; the update adds up to {nodes} for a while. Pods take addresses too.',
          {
            free,
            nodes: nodesWords(extraNodes),
          },
        ),
      'addresses-short': ({ extraNodes, free, subnets }) =>
        l10n.t(
          'The subnets have {free} free addresses in all ({subnets}), and the update adds up to {nodes} for a while. Free some, or add subnets.',
          { free, subnets: subnetList(subnets), nodes: nodesWords(extraNodes) },
        ),
      'addresses-short-in-zone': ({ extraNodes, subnets }) =>
        l10n.t(
          'Few addresses are free in {subnets}, and the update adds up to {nodes} over all zones. Free some.',
          {
            subnets: subnetList(subnets),
            nodes: nodesWords(extraNodes),
          },
        ),
      'addresses-not-needed': () => l10n.t('The update adds no nodes, so it needs no further addresses.'),
      'addresses-unknown': ({ extraNodes, why }) => {
        const reason = why ? unknownWords(why) : l10n.t('Not known: AWS does not say.');
        return extraNodes === undefined
          ? l10n.t('Free addresses of the subnets: {reason}', { reason })
          : l10n.t('The update adds up to {nodes} for a while. Free addresses of the subnets: {reason}', {
              nodes: nodesWords(extraNodes),
              reason,
            });
      },
    },
  },
  pace: {
    title: () => l10n.t('Pace'),
    found: {
      pace: ({ pace }) => paceWords(pace),
      'pace-all-at-once': ({ pace }) =>
        l10n.t('All nodes may go at once, as the update settings allow it. {pace}', {
          pace: paceWords(pace),
        }),
      'pace-terminates-first': ({ pace }) =>
        l10n.t('By the MINIMAL strategy nodes are ended before new ones are there. {pace}', {
          pace: paceWords(pace),
        }),
      'pace-unknown': () => l10n.t('How many nodes there are is not known, so neither is how long it takes.'),
    },
  },
  drain: {
    title: () => l10n.t('Draining'),
    found: {
      'drain-respects-budgets': ({ drainMinutes }) =>
        l10n.t(
          'Disruption budgets are respected: if pods cannot be moved off a node within {drainMinutes} minutes, the update fails and that node stays.',
          { drainMinutes },
        ),
      'drain-forced': ({ drainMinutes }) =>
        l10n.t(
          'Force: pods that cannot be moved off a node within {drainMinutes} minutes are ended with it, disruption budgets or not.',
          { drainMinutes },
        ),
    },
  },
  'managed-by': {
    title: () => l10n.t('Managed by'),
    found: {
      'managed-by-nobody': () => l10n.t('No tag or name tells of another tool that manages the node group.'),
      'managed-by': ({ managers }) =>
        l10n.t('Will drift from {managers}. Make the same change there, or the tool may undo it.', {
          managers: managers.map((manager) => managerWords(manager)).join('; '),
        }),
    },
  },
};

/**
 * Says how many nodes are replaced at once and roughly how long the update takes, or says that this is
 * not known.
 */
export function paceWords({ nodes, parallel, minutes }: RolloutEstimate): string {
  if (nodes === undefined || !parallel || !minutes) {
    return l10n.t('How many nodes there are is not known, so neither is how long it takes.');
  }
  if (nodes === 0) return l10n.t('The group has no nodes now, so no pods move.');
  return l10n.t(
    '{nodes}, {parallel} at a time: roughly {minutes} minutes, longer where pods are slow to move.',
    {
      nodes: nodesWords(nodes),
      parallel: rangeWords(parallel),
      minutes: rangeWords(minutes),
    },
  );
}

function subnetList(subnets: readonly Subnet[]): string {
  return subnets
    .map(({ id, availabilityZone, freeAddresses }) =>
      l10n.t('{subnet}: {free}', {
        subnet: availabilityZone === undefined ? id : `${id} (${availabilityZone})`,
        free: freeAddresses ?? l10n.t('not known'),
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

/** The tool that manages a node group, and the evidence: `Terraform (tag managed-by = terraform)`. */
export function managerWords({ name, evidence }: Manager): string {
  return l10n.t('{manager} ({evidence})', { manager: MANAGERS[name], evidence: evidenceWords(evidence) });
}

function evidenceWords(evidence: Evidence): string {
  if (evidence.kind === 'tag')
    return l10n.t('tag {key} = {value}', { key: evidence.key, value: evidence.value });
  return evidence.of === 'launch-template'
    ? l10n.t('launch template {value}', { value: evidence.value })
    : l10n.t('name {value}', { value: evidence.value });
}
