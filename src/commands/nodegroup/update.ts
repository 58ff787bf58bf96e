/** "Update Node Group…": ask, plan, show, run. */

import type { Clock } from '../../model/clock';
import type { Connection } from '../../model/connection';
import { applyUpdate, VERSION_KIND } from '../../upgrade/apply';
import { decisionOf, type NodegroupPlan, planUpdate } from '../../upgrade/plan';
import { recordJson, recordOf } from '../../upgrade/record';
import type { Sources } from '../../upgrade/situation';
import type { CommandHandler } from '../../view/command-ids';
import type { ConnectionStore } from '../../view/connection-store';
import { byWeight, nodegroupPlanPage } from '../../view/documents/nodegroup-plan';
import type { ReadOnlyDocuments } from '../../view/documents/read-only';
import { t } from '../../view/l10n';
import type { Prompts } from '../../view/wizard/prompts';
import { askReview, type ReviewLine } from '../../view/wizard/review';
import { into, runWizard, type WizardStep } from '../../view/wizard/wizard';
import { checkTitle, checkWords, choiceWords } from '../../view/words/upgrade';
import { nodeOf } from '../arguments';
import { connectionStep, given, knownFromRow, nodegroupSteps } from '../pick';
import type { Ports } from '../ports';
import type { Runner } from '../run';
import { type NodegroupAnswers, nodegroupUpdateSteps } from './steps';

export interface NodegroupDeps {
  readonly store: ConnectionStore;
  readonly prompts: Prompts;
  readonly ports: Ports;
  readonly sources: (connection: Connection) => Promise<Sources>;
  readonly runner: Runner;
  readonly documents: ReadOnlyDocuments;
  readonly clock: Clock;
}

interface Reviewed extends NodegroupAnswers {
  readonly plan: NodegroupPlan;
}

export function updateNodegroup(deps: NodegroupDeps): CommandHandler {
  return async (row) => {
    const known = await knownFromRow(nodeOf(row), deps.ports, new AbortController().signal);
    const answers = await runWizard<Reviewed>(t('Update Node Group'), stepsOf(deps), known, deps.prompts);
    if (answers) await run(answers, deps);
  };
}

function stepsOf(deps: NodegroupDeps): readonly WizardStep<Reviewed>[] {
  return [
    connectionStep<Reviewed>(deps.store),
    ...nodegroupSteps<Reviewed>(deps.ports),
    ...(nodegroupUpdateSteps(deps.sources) as readonly WizardStep<Reviewed>[]),
    {
      key: 'plan',
      ask: async (state, ask) => {
        const label = labelOf(state);
        const planned = planUpdate(
          given(state.situation),
          {
            ...(state.version !== undefined && { version: state.version.version }),
            ...(state.release !== undefined && { release: state.release }),
            ...(state.templateVersion !== undefined && { templateVersion: state.templateVersion }),
            force: given(state.force),
          },
          deps.clock.now(),
        );
        const page = (): string => (planned.valid ? nodegroupPlanPage(label, planned.plan) : '');
        return into(
          await askReview(ask, {
            question: t('Update {0}? Nothing has been sent yet.', { 0: label }),
            ...(planned.valid && goOf(planned.plan)),
            lines: planned.valid
              ? linesOf(planned.plan)
              : planned.problems.map((problem) => ({
                  label: choiceWords(problem, t),
                  icon: 'error',
                  group: t('Blocks'),
                })),
            showPlan: () =>
              deps.documents.showMarkdown(t('Plan for {0}', { 0: label.replaceAll('/', '·') }), page),
          }),
          () => (planned.valid ? { plan: planned.plan } : {}),
        );
      },
    },
  ];
}

function labelOf({ eksCluster, nodegroup }: Partial<Reviewed>): string {
  return `${given(eksCluster).name} / ${given(nodegroup).name}`;
}

function goOf(plan: NodegroupPlan): { go?: { label: string; detail?: string } } {
  const decision = decisionOf(plan.checks);
  switch (decision.kind) {
    case 'go':
      return { go: { label: t('Update') } };
    case 'ask':
      return {
        go: {
          label: t('Update Anyway'),
          detail: t('Goes on past: {0}', { 0: decision.blocks.map((id) => checkTitle(id, t)).join(', ') }),
        },
      };
    case 'stop':
      return {};
  }
}

function linesOf({ checks }: NodegroupPlan): readonly ReviewLine[] {
  const looks = {
    block: ['error', t('Blocks')],
    warn: ['warning', t('Warnings')],
    unknown: ['question', t('Unknown')],
    pass: ['pass', t('Checks that passed')],
  } as const;
  return byWeight(checks).map((check) => ({
    label: checkTitle(check.id, t),
    detail: checkWords(check, t),
    icon: looks[check.verdict][0],
    group: looks[check.verdict][1],
  }));
}

async function run(
  { connection, plan, eksCluster, nodegroup }: Reviewed,
  deps: NodegroupDeps,
): Promise<void> {
  const { eks, identities } = await deps.ports(connection);
  const author = await identities.whoAmI(new AbortController().signal);
  const decision = decisionOf(plan.checks);
  const record = recordOf(plan, decision.kind === 'ask' ? decision.blocks : []);
  const label = labelOf({ eksCluster, nodegroup });
  await deps.runner.run({
    title: t('Updating {0}', { 0: label }),
    planned: {
      kind: VERSION_KIND,
      subject: {
        connectionId: connection.id,
        region: connection.region,
        accountId: author.accountId,
        arn: plan.arn,
        path: [eksCluster.name, nodegroup.name],
        label,
      },
      author,
      plan: recordJson(record),
    },
    apply: (journal, signal) => applyUpdate(record, eks, journal, signal),
  });
}
