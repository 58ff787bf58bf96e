/** Why a plan may not be carried out any more, and the way out. */
import * as l10n from '@vscode/l10n';
import type { CodedOf } from '../../../model/coded';
import type { PlanRefusals } from '../../../plan/account';
import type { Sentences } from '../sentences';

export const planRefusals: Sentences<CodedOf<PlanRefusals>> = {
  'account-changed': (f) =>
    l10n.t(
      'The plan was made for the account {0}, and the credentials belong to {1} now. Nothing was sent. Choose the right profile and plan again.',
      { 0: f.planned, 1: f.found },
    ),
};
