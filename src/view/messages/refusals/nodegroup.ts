/** Why an update of a node group was not planned, not sent or not followed, and what to do. */
import * as l10n from '@vscode/l10n';
import type { CodedOf } from '../../../model/coded';
import type { UpgradeRefusals } from '../../../nodegroup/plan/refusal';
import type { Sentences } from '../sentences';

export const upgradeRefusals: Sentences<CodedOf<UpgradeRefusals>> = {
  'choice-not-valid': (f) =>
    l10n.t('EKS cannot take this choice ({problems}). Go back and choose again.', {
      problems: f.problems.join(', '),
    }),
  'update-blocked': (f) =>
    l10n.t('The plan cannot run: {checks}. Nothing was sent.', {
      checks: f.checks.join(', '),
    }),
  'record-not-readable': () =>
    l10n.t(
      'What was planned cannot be read back; another version of Slipway may have written it. Plan again.',
    ),
  'too-many-nodes': (f) =>
    l10n.t('The node group has {nodes} nodes: too many to count each of them. EKS tells how it ends.', {
      nodes: f.nodes,
    }),
  'request-not-taken': () =>
    l10n.t(
      'The request got no answer, and EKS shows no update that came of it: nothing was changed. Try again.',
    ),
};
