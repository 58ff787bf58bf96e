/** Why a plan may not be carried out any more, and the way out. */
import * as l10n from '@vscode/l10n';
import type { CodedOf } from '../../../model/coded';
import type { Facts } from '../../../model/json';
import type { PlanRefusals } from '../../../plan/account';
import { type DriftRefusals, driftIn } from '../../../plan/drift';
import { driftWords } from '../drift';
import type { Sentences } from '../sentences';

/** @param facts of the refusal, or of an outcome that an earlier Slipway wrote. */
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
