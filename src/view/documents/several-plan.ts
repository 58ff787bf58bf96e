/** One plan for several node groups as a page: how it runs, what changes where, what is left out, every request. */

import * as l10n from '@vscode/l10n';
import type { Check } from '../../nodegroup/checks/all-checks';
import type { NodegroupPlan } from '../../nodegroup/plan';
import { byWeight } from '../../plan/verdict';
import { code, jsonBlock, page, plain, table } from '../markdown';
import { checkNotice, checkTitle, checkWords, paceWords } from '../messages/nodegroup';
import { verdictSign } from '../messages/verdicts';

export interface SeveralPage {
  /** `12 node groups of trading-prod`. */
  readonly label: string;
  /** How it runs, in a few words each. */
  readonly how: readonly string[];
  /** In the order in which they begin. */
  readonly planned: readonly { readonly label: string; readonly plan: NodegroupPlan }[];
  readonly leftOut: readonly { readonly label: string; readonly why: string }[];
  /** IAM actions whose absence left something unknown. */
  readonly missing: readonly string[];
}

export function severalPlanPage({ label, how, planned, leftOut, missing }: SeveralPage): string {
  return page([
    `# ${l10n.t('Update {0}', { 0: plain(label) })}`,
    how.map((line) => `- ${plain(line)}`).join('\n'),
    missing.length === 0
      ? undefined
      : l10n.t('Some things could not be found out, because permissions are missing: {0}', {
          0: missing.map(code).join(', '),
        }),
    `## ${l10n.t('What changes')}`,
    planned.length === 0
      ? l10n.t('Nothing: no node group can be updated.')
      : table(
          [
            '',
            l10n.t('Node group'),
            l10n.t('Kubernetes'),
            l10n.t('AMI release'),
            l10n.t('Takes'),
            l10n.t('To know'),
          ],
          planned.map(({ label: name, plan }, at) => [
            String(at + 1),
            plain(name),
            change(plan.before.version, plan.after.version),
            change(plan.before.releaseVersion, plan.after.releaseVersion),
            plain(paceWords(plan.pace)),
            byWeight(plan.checks)
              .filter(({ verdict }) => verdict !== 'pass')
              .map((check) => `${verdictSign(check.verdict)}: ${plain(checkNotice(check))}`)
              .join('<br>'),
          ]),
        ),
    leftOut.length === 0 ? undefined : `## ${l10n.t('Left out')}`,
    leftOut.length === 0
      ? undefined
      : table(
          [l10n.t('Node group'), l10n.t('Why')],
          leftOut.map(({ label: name, why }) => [plain(name), plain(why)]),
        ),
    ...planned.flatMap(({ label: name, plan }) => rowBlocks(name, plan)),
  ]);
}

function change(before: string | undefined, after: string | undefined): string {
  if (after === undefined || after === before)
    return before === undefined ? l10n.t('as it is') : code(before);
  return `${before === undefined ? '?' : code(before)} → ${code(after)}`;
}

function rowBlocks(label: string, { checks, request }: NodegroupPlan): readonly string[] {
  const notable = byWeight(checks).filter(({ verdict }) => verdict !== 'pass');
  return [
    `## ${plain(label)}`,
    ...(notable.length === 0 ? [l10n.t('All checks pass.')] : [notable.map(checkLine).join('\n')]),
    jsonBlock(request),
  ];
}

function checkLine(check: Check): string {
  return `- ${verdictSign(check.verdict)} **${plain(checkTitle(check.id))}** ${plain(checkWords(check))}`;
}
