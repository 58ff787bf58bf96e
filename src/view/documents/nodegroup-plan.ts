/** The plan of a node group update as a page: what is there, what will be there, the checks, the request. */
import type { Check } from '../../upgrade/checks/check';
import type { NodegroupPlan } from '../../upgrade/plan';
import { t } from '../l10n';
import { checkTitle, checkWords, paceWords } from '../words/upgrade';
import { verdictSign } from './deployment-plan';
import { code, jsonBlock, page, plain, table } from './markdown';

/** @param label the node group as the user knows it: `trading-prod / spot`. */
export function nodegroupPlanPage(label: string, plan: NodegroupPlan): string {
  const { before, after } = plan;
  const cell = (value: string | number | undefined, otherwise: string): string =>
    value === undefined ? otherwise : code(String(value));
  return page([
    `# ${t('Update {0}', { 0: plain(label) })}`,
    code(plan.arn),
    `## ${t('What changes')}`,
    table(
      ['', t('Now'), t('Then')],
      [
        [
          t('Kubernetes'),
          cell(before.version, t('not shown')),
          cell(after.version, after.ownAmi ? t("the template's own AMI") : t('as it is')),
        ],
        [
          t('AMI release'),
          cell(before.releaseVersion, t('not shown')),
          cell(
            after.releaseVersion,
            after.ownAmi ? t("the template's own AMI") : t('the newest, chosen by AWS'),
          ),
        ],
        ...(before.template === undefined
          ? []
          : [
              [
                t('Launch template {0}', { 0: code(before.template) }),
                cell(before.templateVersion, '?'),
                cell(after.templateVersion, t('as it is')),
              ],
            ]),
      ],
    ),
    plain(paceWords(plan.pace, t)),
    `## ${t('Checks')}`,
    checksTable(plan.checks),
    `## ${t('Request')}`,
    t('Exactly this is sent, with a token that makes sure that it is carried out once.'),
    jsonBlock(plan.request),
  ]);
}

const WEIGHT = { block: 0, confirm: 1, warn: 2, unknown: 3, pass: 4 } as const;

/** The gravest first. */
export function byWeight(checks: readonly Check[]): readonly Check[] {
  return checks.toSorted((a, b) => WEIGHT[a.verdict] - WEIGHT[b.verdict]);
}

export function checksTable(checks: readonly Check[]): string {
  return table(
    ['', t('Check'), t('Finding')],
    byWeight(checks).map((check) => [
      verdictSign(check.verdict),
      plain(checkTitle(check.id, t)),
      plain(checkWords(check, t)),
    ]),
  );
}
