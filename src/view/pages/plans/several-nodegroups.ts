/**
 * One plan for several node groups: how the update runs, the changes of each group, the groups left out, and
 * every request.
 */
import * as l10n from '@vscode/l10n';
import type { Check } from '../../../nodegroup/checks/all-checks';
import type { NodegroupPlan } from '../../../nodegroup/plan/plan';
import { byWeight } from '../../../plan/verdict';
import { checkNotice, paceWords } from '../../messages/nodegroup';
import { passedWords } from '../../messages/verdicts';
import { findingsBlock } from '../blocks';
import { code, lines, muted, sign } from '../cells';
import type { Cell, Section } from '../page';
import { findingOf, requestSection } from './nodegroup';
import { changesSection, type PlanContent, type PlanFinding } from './plan-content';
import { VERDICT_TONES } from './plan-page';

export interface SeveralNodegroups {
  /** The label of the node groups together: `12 node groups of trading-prod`. */
  readonly label: string;
  /** How the update runs, in a few words for each aspect. */
  readonly how: readonly string[];
  /** The node groups that are updated, in the order in which their updates begin. */
  readonly planned: readonly { readonly label: string; readonly plan: NodegroupPlan }[];
  readonly leftOut: readonly { readonly label: string; readonly why: string }[];
  /** IAM actions that the user lacks: without them, something could not be read. */
  readonly missing: readonly string[];
}

export function severalNodegroupsContent(several: SeveralNodegroups): PlanContent {
  const { label, how, planned } = several;
  return {
    heading: l10n.t('Update {0}', { 0: label }),
    about: how,
    findings: findingsOf(several),
    sections: [severalChanges(planned), ...leftOutSection(several), ...planned.map(planSection)],
  };
}

/**
 * Findings about the update as a whole. A finding about one node group, such as the use of force, is shown
 * with that group.
 */
function findingsOf({ missing, planned }: SeveralNodegroups): readonly PlanFinding[] {
  const none: readonly PlanFinding[] =
    planned.length > 0
      ? []
      : [{ id: 'nothing', verdict: 'block', title: l10n.t('No node group can be updated.') }];
  if (missing.length === 0) return none;
  const title = l10n.t('Some things could not be found out, because permissions are missing: {0}', {
    0: missing.join(', '),
  });
  return [...none, { id: 'missing', verdict: 'unknown', title }];
}

function severalChanges(planned: SeveralNodegroups['planned']): Section {
  const rows = planned.map(({ label, plan }, at) => ({
    cells: [
      `${at + 1}. ${label}`,
      change(plan.before.version, plan.after.version),
      change(plan.before.releaseVersion, plan.after.releaseVersion),
      paceWords(plan.pace),
      lines(notable(plan.checks).map((check) => sign(VERDICT_TONES[check.verdict], checkNotice(check)))),
    ],
  }));
  return changesSection(rows, [
    l10n.t('Node group'),
    l10n.t('Kubernetes'),
    l10n.t('AMI release'),
    l10n.t('Takes'),
    l10n.t('To know'),
  ]);
}

function notable(checks: readonly Check[]): readonly Check[] {
  return byWeight(checks).filter(({ verdict }) => verdict !== 'pass');
}

function change(before: string | undefined, after: string | undefined): Cell {
  if (after === undefined || after === before) return muted(before ?? l10n.t('as it is'));
  return lines([muted(before ?? l10n.t('not shown')), code(`→ ${after}`)]);
}

function leftOutSection({ leftOut }: SeveralNodegroups): readonly Section[] {
  if (leftOut.length === 0) return [];
  return [
    {
      id: 'left-out',
      heading: l10n.t('Left out'),
      note: String(leftOut.length),
      blocks: [
        {
          kind: 'table',
          caption: l10n.t('Left out'),
          head: [l10n.t('Node group'), l10n.t('Why')],
          rows: leftOut.map(({ label, why }) => ({ cells: [label, why] })),
        },
      ],
    },
  ];
}

function planSection({ label, plan }: SeveralNodegroups['planned'][number], at: number): Section {
  const findings = notable(plan.checks).map(findingOf);
  const passed = plan.checks.length - findings.length;
  return {
    id: `row-${at}`,
    heading: label,
    note: passedWords(passed),
    fold: 'closed',
    blocks: [
      findingsBlock(
        findings.map(({ verdict, title, text = '' }) => ({
          tone: VERDICT_TONES[verdict],
          verdict: title,
          title: text,
        })),
      ),
      { kind: 'sections', sections: [{ ...requestSection(plan.request), id: `request-${at}` }] },
    ],
  };
}
