/**
 * Why Slipway did not carry out a plan, or did not begin or follow an operation or a batch, and what to do.
 */
import * as l10n from '@vscode/l10n';
import type { CodedOf } from '../../../model/coded';
import type { Facts } from '../../../model/json';
import type { OperationRefusals } from '../../../operations/refusal';
import type { PlanRefusals } from '../../../plan/account';
import { type DriftRefusals, driftIn } from '../../../plan/drift';
import { driftWords } from '../drift';
import { durationWords } from '../phase';
import type { Sentences } from '../sentences';

export const operationRefusals: Sentences<CodedOf<OperationRefusals>> = {
  'batch-ended': () => l10n.t('It has ended already. Look at its details for what became of each row.'),
  'batch-running': () => l10n.t('It runs already, in this window or another one.'),
  'ledger-unwritable': (f) =>
    l10n.t(
      'Slipway cannot write down what it is about to do ({0}), so nothing was sent. Make room on the disk, or mend its permissions.',
      { 0: f.code },
    ),
  'lease-unavailable': (f) =>
    l10n.t('Slipway cannot tell whether another window follows ({0}).', { 0: f.code }),
  'left-open': () => l10n.t('The work ended without saying how. The log says more.'),
  'not-waiting': () =>
    l10n.t('It does not wait for a click any more. Look at its details for what became of it.'),
  'no-answer': (f) => l10n.t('No answer came within {0}.', { 0: durationWords(f.ms) }),
  'no-follower': (f) =>
    l10n.t('This version of Slipway cannot follow operations of the kind "{0}".', { 0: f.kind }),
  'operation-ended': () =>
    l10n.t('The operation was ended meanwhile, in another window or by you. Nothing was sent.'),
};

/** @param facts the facts of the refusal, or of an outcome that an earlier version of Slipway wrote */
export function driftSentence(facts: Facts): string {
  return l10n.t('Since the plan, somebody else has changed this: {0}. Plan again.', {
    0: driftWords(driftIn(facts)),
  });
}

export const planRefusals: Sentences<CodedOf<PlanRefusals & DriftRefusals>> = {
  drift: (f) => driftSentence(f),
  'account-changed': (f) =>
    l10n.t(
      'The plan was made for the account {0}, and the credentials belong to {1} now. Nothing was sent. Choose the right profile and plan again.',
      { 0: f.planned, 1: f.found },
    ),
};
