/** "Edit Update Settings…": how many nodes an update replaces at once, and in which order. */
import * as l10n from '@vscode/l10n';
import type { Nodegroup } from '../../model/eks';
import {
  applyConfig,
  type ConfigPlan,
  type ConfigSituation,
  configOperation,
  planConfig,
} from '../../nodegroup/apply/config';
import { type ConfigChoice, configProblems, type UpdateStrategy } from '../../nodegroup/choice/config-choice';
import { recordJson } from '../../nodegroup/plan/record';
import { runningUpdates } from '../../nodegroup/reading/running';
import { known, readOptional } from '../../plan/optional-read';
import { configWords } from '../../view/messages/nodegroup';
import { configContent, strategyWords, unavailableWords } from '../../view/pages/plans/config';
import { askReview } from '../../view/wizard/review';
import { runWizard, wizard } from '../../view/wizard/wizard';
import { into, namedQuestion, question, reading, type WizardStep } from '../../view/wizard/wizard-steps';
import { nodegroupSteps, type PickedNodegroup, titleOfNodegroup } from '../pick/eks';
import { requireTrust } from '../trust';
import { goOf, linesOf, passedBy, previewsOf } from './check-lines';
import type { NodegroupDeps } from './deps';
import { labelOf, ledgerPlace, placeOfAnswers } from './place';

interface SettingsAnswers {
  readonly situation: ConfigSituation;
  readonly strategy: UpdateStrategy;
  readonly measure: ConfigChoice['unavailable']['kind'];
  readonly unavailable: ConfigChoice['unavailable'];
}

type Asked<Key extends keyof SettingsAnswers> = PickedNodegroup & Pick<SettingsAnswers, Key>;

export async function editUpdateSettings(
  known: Partial<PickedNodegroup>,
  deps: NodegroupDeps,
): Promise<void> {
  requireTrust();
  const steps = wizard()
    .and(nodegroupSteps(deps, known))
    .and(situationStep(deps))
    .and(strategyStep)
    .and(measureStep)
    .and(amountStep)
    .and(reviewStep(deps));
  const title = titleOfNodegroup(l10n.t('Edit Update Settings'), (label) =>
    l10n.t('Edit Update Settings of {0}', { 0: label }),
  );
  const answers = await runWizard(title, steps, {}, deps.prompts);
  if (!answers) return;
  const { connection, plan } = answers;
  const { eks } = await deps.ports(connection);
  await deps.runner.run({
    title: l10n.t('Changing the update settings of {0}', { 0: labelOf(placeOfAnswers(answers)) }),
    planned: configOperation(plan, await ledgerPlace(connection, deps.ports), passedBy(plan)),
    apply: (journal, signal) => applyConfig(plan, eks, journal, signal),
  });
}

function situationStep({
  ports,
}: NodegroupDeps): WizardStep<PickedNodegroup, Pick<SettingsAnswers, 'situation'>> {
  return reading(
    l10n.t('Reading the node group and its subnets…'),
    async ({ connection, eksCluster, nodegroup }, signal) => {
      const { eks, compute } = await ports(connection);
      const { subnetIds } = nodegroup;
      const [running, subnets] = await Promise.all([
        nodegroup.phase === 'ready' ? known([]) : runningUpdates(eks, nodegroup, signal),
        subnetIds.length === 0 ? known([]) : readOptional(() => compute.subnets(subnetIds, signal)),
      ]);
      return { situation: { cluster: eksCluster, nodegroup, running, subnets } };
    },
  );
}

const strategyStep = question<PickedNodegroup, Pick<SettingsAnswers, 'strategy'>>(
  async ({ nodegroup }, { prompts, heading }) => {
    const current = strategyWords(nodegroup.updateConfig.updateStrategy);
    const inUse = (strategy: UpdateStrategy): { description?: string } =>
      strategy === current ? { description: l10n.t('in use') } : {};
    return into(
      await prompts.pick<UpdateStrategy>(heading, {
        placeholder: l10n.t('Choose which nodes go first'),
        choices: [
          {
            value: 'DEFAULT',
            label: 'DEFAULT',
            detail: l10n.t(
              'New nodes are launched before old ones are ended: capacity stays, addresses are needed.',
            ),
            icon: 'add',
            ...inUse('DEFAULT'),
          },
          {
            value: 'MINIMAL',
            label: 'MINIMAL',
            detail: l10n.t('Old nodes are ended before new ones are launched: capacity shrinks for a while.'),
            icon: 'remove',
            ...inUse('MINIMAL'),
          },
        ],
        active: (strategy) => strategy === current,
      }),
      (strategy) => ({ strategy }),
    );
  },
);

const measureStep = question<PickedNodegroup, Pick<SettingsAnswers, 'measure'>>(
  async ({ nodegroup: { updateConfig } }, { prompts, heading }) => {
    const isShare = updateConfig.maxUnavailablePercentage !== undefined;
    return into(
      await prompts.pick<SettingsAnswers['measure']>(heading, {
        placeholder: l10n.t('Choose how to say how many nodes go at once (now {0})', {
          0: unavailableWords(updateConfig),
        }),
        choices: [
          { value: 'nodes', label: l10n.t('A number of nodes'), icon: 'symbol-number' },
          { value: 'percentage', label: l10n.t('A percentage of the nodes'), icon: 'pie-chart' },
        ],
        active: (measure) => (measure === 'percentage') === isShare,
      }),
      (measure) => ({ measure }),
    );
  },
);

const amountStep = namedQuestion<Asked<'measure' | 'strategy'>, Pick<SettingsAnswers, 'unavailable'>>(
  'amount',
  async ({ nodegroup, measure, strategy }, { prompts, heading }) => {
    const { maxUnavailable, maxUnavailablePercentage } = nodegroup.updateConfig;
    const choiceOf = (text: string): ConfigChoice => ({
      unavailable: amountOf(measure, text),
      ...strategyOf(nodegroup, strategy),
    });
    const current = measure === 'nodes' ? maxUnavailable : maxUnavailablePercentage;
    return into(
      await prompts.input(heading, {
        prompt:
          measure === 'nodes'
            ? l10n.t('How many nodes may be unavailable at once')
            : l10n.t('What percentage of the nodes may be unavailable at once'),
        value: current === undefined ? '' : String(current),
        check: (text) => problemWith(nodegroup, choiceOf(text)),
      }),
      (text) => ({ unavailable: choiceOf(text).unavailable }),
    );
  },
);

/**
 * If EKS returns no strategy and the user chooses the default, the request contains no strategy: the group's
 * strategy does not change.
 */
function strategyOf({ updateConfig }: Nodegroup, strategy: UpdateStrategy): Pick<ConfigChoice, 'strategy'> {
  return updateConfig.updateStrategy === undefined && strategy === 'DEFAULT' ? {} : { strategy };
}

/** A text that is not a whole number of at most four digits becomes NaN, which every rule refuses. */
function amountOf(measure: SettingsAnswers['measure'], text: string): ConfigChoice['unavailable'] {
  const amount = /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return measure === 'nodes' ? { kind: 'nodes', count: amount } : { kind: 'percentage', percent: amount };
}

function problemWith(nodegroup: Nodegroup, choice: ConfigChoice): string | undefined {
  const [problem] = configProblems(nodegroup, choice);
  return problem && configWords(problem);
}

function reviewStep(
  deps: NodegroupDeps,
): WizardStep<Asked<'situation' | 'strategy' | 'unavailable'>, { readonly plan: ConfigPlan }> {
  return question(async (answers, ask) => {
    const { situation, strategy, unavailable } = answers;
    const place = placeOfAnswers(answers);
    const label = labelOf(place);
    const planned = planConfig(situation, {
      unavailable,
      ...strategyOf(situation.nodegroup, strategy),
    });
    if (!planned.valid) throw new Error('a choice that was checked while it was typed is not valid');
    const { plan } = planned;
    return into(
      await askReview<'anyway'>(ask, {
        question: l10n.t('Change the update settings of {0}? Nothing has been sent yet.', { 0: label }),
        ...goOf(plan, l10n.t('Change Settings'), l10n.t('Change Anyway…')),
        lines: linesOf(plan.checks),
        previews: previewsOf(plan.checks, place, deps),
        page: deps.reviews.page({
          of: 'nodegroup-config',
          connectionId: answers.connection.id,
          path: [place.cluster, place.nodegroup],
          title: l10n.t('Update settings of {0}', { 0: label }),
          content: configContent(label, plan),
          copy: () =>
            deps.copyRequests([
              {
                connection: answers.connection,
                requests: [
                  {
                    service: 'eks',
                    operation: 'UpdateNodegroupConfig',
                    input: recordJson(plan.request),
                  },
                ],
              },
            ]),
        }),
      }),
      () => ({ plan }),
    );
  });
}
