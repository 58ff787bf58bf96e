/** What to do for a cluster's next version, in words: a sentence for each step. */
import * as l10n from '@vscode/l10n';
import type { ReadinessStep } from '../../../nodegroup/readiness/steps';
import { statusWords } from '../phase';
import type { Sentences } from '../sentences';

export const stepSentences: Sentences<ReadinessStep> = {
  'wait-for-cluster': ({ status }) =>
    l10n.t('Wait until the cluster is active (now {status}).', { status: statusWords(status) }),
  'mend-cluster': ({ codes }) =>
    l10n.t('Mend the health issues of the cluster: {codes}.', { codes: codes.join(', ') }),
  'mend-insight': ({ insight }) =>
    insight.reason === undefined
      ? l10n.t('Mend what the insight "{name}" reports.', { name: insight.name })
      : l10n.t('Mend what the insight "{name}" reports: {reason}', {
          name: insight.name,
          reason: insight.reason,
        }),
  'update-nodegroup-first': ({ nodegroup, from, to }) =>
    l10n.t(
      'Update the node group {nodegroup} from {from} to {to}: it would be too old for the next control plane.',
      {
        nodegroup,
        from,
        to,
      },
    ),
  'mend-nodegroup': ({ nodegroup, status }) =>
    l10n.t('Look at the node group {nodegroup}: it is {status}.', { nodegroup, status: statusWords(status) }),
  'update-addon-first': ({ addon, from, to }) =>
    l10n.t('Update the add-on {addon} from {from} to {to}, which works with both versions.', {
      addon,
      from: from ?? l10n.t('not shown'),
      to,
    }),
  'addon-without-version': ({ addon, next }) =>
    l10n.t('The add-on {addon} has no version for Kubernetes {next}: ask its maker, or remove it.', {
      addon,
      next,
    }),
  'upgrade-control-plane': ({ from, to }) =>
    l10n.t('Upgrade the control plane from {from} to {to}.', { from, to }),
  'update-addon-after': ({ addon, from, to }) =>
    l10n.t('Update the add-on {addon} from {from} to {to}, which does not work before.', {
      addon,
      from: from ?? l10n.t('not shown'),
      to,
    }),
  'update-nodegroup-after': ({ nodegroup, to }) =>
    l10n.t('Update the node group {nodegroup} to {to}.', { nodegroup, to }),
  'renew-own-ami': ({ nodegroup, to }) =>
    l10n.t(
      'Make an AMI with Kubernetes {to} for the node group {nodegroup}, name it in a version of its launch template, and update to that. EKS does not show which Kubernetes version its nodes run now: check that it fits before the upgrade, too.',
      { nodegroup, to },
    ),
  'replace-nodegroup': ({ nodegroup, amiType, lastVersion }) =>
    l10n.t(
      'Replace the node group {nodegroup}: its AMI type {amiType} ends with {lastVersion}. Make one with another AMI type and move the pods there.',
      { nodegroup, amiType, lastVersion },
    ),
};
