/** The plan of a node group update as a page: what is there, what will be there, the checks, the request. */

import * as l10n from '@vscode/l10n';
import type { NodegroupPlan } from '../../nodegroup/plan';
import { code, jsonBlock, page, plain, table } from '../markdown';
import { checkRow, paceWords } from '../messages/nodegroup';
import { checksTable } from './checks-table';

/** @param label the node group as the user knows it: `trading-prod / spot`. */
export function nodegroupPlanPage(label: string, plan: NodegroupPlan): string {
  const { before, after } = plan;
  const cell = (value: string | number | undefined, otherwise: string): string =>
    value === undefined ? otherwise : code(String(value));
  return page([
    `# ${l10n.t('Update {0}', { 0: plain(label) })}`,
    code(plan.arn),
    `## ${l10n.t('What changes')}`,
    table(
      ['', l10n.t('Now'), l10n.t('Then')],
      [
        [
          l10n.t('Kubernetes'),
          cell(before.version, l10n.t('not shown')),
          cell(after.version, after.ownAmi ? l10n.t("the template's own AMI") : l10n.t('as it is')),
        ],
        [
          l10n.t('AMI release'),
          cell(before.releaseVersion, l10n.t('not shown')),
          cell(
            after.releaseVersion,
            after.ownAmi ? l10n.t("the template's own AMI") : l10n.t('the newest, chosen by AWS'),
          ),
        ],
        ...(before.template === undefined
          ? []
          : [
              [
                l10n.t('Launch template {0}', { 0: code(before.template) }),
                cell(before.templateVersion, '?'),
                cell(after.templateVersion, l10n.t('as it is')),
              ],
            ]),
      ],
    ),
    plain(paceWords(plan.pace)),
    `## ${l10n.t('Checks')}`,
    checksTable(plan.checks, checkRow),
    `## ${l10n.t('Request')}`,
    l10n.t('Exactly this is sent, with a token that makes sure that it is carried out once.'),
    jsonBlock(plan.request),
  ]);
}
