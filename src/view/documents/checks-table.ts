/** The checks of a plan as a table, in one form whatever the plan is about. */
import * as l10n from '@vscode/l10n';
import { byWeight, type Judged } from '../../plan/verdict';
import { plain, table } from '../markdown';
import type { CheckRow } from '../messages/check-row';
import { verdictSign } from '../messages/verdicts';

/** The gravest first. */
export function checksTable<J extends Judged>(checks: readonly J[], rowOf: (check: J) => CheckRow): string {
  return table(
    [l10n.t('Result'), l10n.t('Check'), l10n.t('Finding')],
    byWeight(checks)
      .map(rowOf)
      .map(({ verdict, title, finding, helps }) => [
        verdictSign(verdict),
        plain(title),
        [finding, ...(helps === undefined ? [] : [helps])].map(plain).join(' '),
      ]),
  );
}
