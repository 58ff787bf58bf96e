/** "Show Deployments…": lists the deployments to a cluster, to look at one, compare it or roll back to it. */
import * as l10n from '@vscode/l10n';
import { type ConfigurationWithCode, differences } from '../../../deploy/configuration';
import { withProgress } from '../../../view/progress';
import type { ResourceNode } from '../../../view/resources/node';
import { pickBeside, runWizard, wizard } from '../../../view/wizard/wizard';
import { answered, into, question, type WizardStep } from '../../../view/wizard/wizard-steps';
import { countOfChanges, type NamedConfiguration, showChanges } from '../diffs';
import { knownTarget, type PickedTarget, titleWith } from '../picked-target';
import { earlierTarget, rollBackTo } from '../roll-back';
import { knownChoice, knownName, noticeChoices } from './choices';
import type { KnownConfiguration } from './cluster-history';
import { type HistoryAnswers, type HistoryDeps, historySteps } from './history-steps';

type Act = () => Promise<void>;

type WithChosen = HistoryAnswers & { readonly chosen: KnownConfiguration };

export async function showDeployments(node: ResourceNode | undefined, deps: HistoryDeps): Promise<void> {
  const steps = wizard()
    .and(historySteps(deps, knownTarget(node)))
    .and(chosenStep(deps))
    .and(actionStep(deps))
    .branch<'action', { readonly act: Act }>(
      ['action'],
      ({ action }) => (action === COMPARE_OTHER ? otherStep(deps) : answered({ act: action })),
      1,
    );
  const title = titleWith(l10n.t('Deployments'), (place) => l10n.t('Deployments to {0}', { 0: place }));
  const answers = await runWizard(title, steps, {}, deps.prompts);
  await answers?.act();
}

function chosenStep({ notify }: HistoryDeps): WizardStep<HistoryAnswers, Pick<WithChosen, 'chosen'>> {
  return question(async ({ history }, ask) =>
    into(
      await pickBeside<KnownConfiguration>(ask, {
        placeholder: l10n.t('Choose a deployment'),
        choices: [...history.known.map(knownChoice), ...noticeChoices(history, notify)],
        empty: l10n.t('Slipway knows of no deployment there'),
      }),
      (chosen) => ({ chosen }),
    ),
  );
}

/** The choice to compare with another deployment, which the next question asks for. */
const COMPARE_OTHER = Symbol('compare with another');

function actionStep(
  deps: HistoryDeps,
): WizardStep<WithChosen, { readonly action: Act | typeof COMPARE_OTHER }> {
  return question(async (picked, { prompts, heading }) => {
    const { chosen, seen } = picked;
    const { how, deployment, isLive } = chosen;
    const operation =
      how === 'deployed'
        ? deps.ledger.operations().find(({ id }) => id === deployment.operationId)
        : undefined;
    const { code } = seen.configuration;
    const live = code && { name: l10n.t('live now'), configuration: { ...seen.configuration, code } };
    return into(
      await prompts.pick<Act | typeof COMPARE_OTHER>(heading, {
        placeholder:
          how === 'deployed'
            ? l10n.t('The deployment of {0}', { 0: knownName(chosen) })
            : l10n.t('What was there {0}', { 0: knownName(chosen) }),
        choices: [
          ...(operation
            ? [{ value: () => deps.showOperation(operation), label: l10n.t('Show details'), icon: 'info' }]
            : []),
          ...(live && !isLive
            ? [
                {
                  value: () => compare(picked, named(chosen), live, deps),
                  label: l10n.t('Compare with what is live now'),
                  icon: 'git-compare',
                },
              ]
            : []),
          {
            value: COMPARE_OTHER,
            label: l10n.t('Compare with another deployment…'),
            icon: 'diff-multiple',
          },
          {
            value: () => rollBackTo(picked, earlierTarget(chosen), deps),
            label: l10n.t('Roll back to it…'),
            icon: 'discard',
          },
        ],
      }),
      (action) => ({ action }),
    );
  });
}

function otherStep(deps: HistoryDeps): WizardStep<WithChosen, { readonly act: Act }> {
  return question(async (picked, ask) => {
    const { history, chosen } = picked;
    return into(
      await pickBeside<KnownConfiguration>(ask, {
        placeholder: l10n.t('Choose the deployment to compare it with'),
        choices: [
          ...history.known.filter((one) => one !== chosen).map(knownChoice),
          ...noticeChoices(history, deps.notify),
        ],
        empty: l10n.t('Slipway knows of no other deployment there'),
      }),
      (other) => {
        const isLater = history.known.indexOf(other) < history.known.indexOf(chosen);
        const [before, after] = isLater ? [chosen, other] : [other, chosen];
        return { act: () => compare(picked, named(before), named(after), deps) };
      },
    );
  });
}

interface NamedDeployment extends NamedConfiguration {
  readonly configuration: ConfigurationWithCode;
}

function named(known: KnownConfiguration): NamedDeployment {
  return { name: knownName(known), configuration: known.configuration };
}

/**
 * Compares code, script and arguments of two deployments. For the code it reads only the directories of the
 * zips; a file is read when the user opens it.
 */
async function compare(
  { connection, seen: { label } }: PickedTarget,
  before: NamedDeployment,
  after: NamedDeployment,
  { zips, notify, documents }: HistoryDeps,
): Promise<void> {
  const [from, to] = [before.configuration.code, after.configuration.code];
  const changes = await withProgress(l10n.t('Comparing deployments of {0}', { 0: label }), async (signal) =>
    (await zips.of(connection)).compare(from, to, signal),
  );
  const differs = differences(before.configuration, after.configuration).some((part) => part !== 'code');
  if (countOfChanges(changes) === 0 && !differs) {
    await notify.succeeded(l10n.t('No difference: code, script and arguments of both are the same.'));
    return;
  }
  await showChanges(
    {
      title: l10n.t('{0}: {1} ↔ {2}', { 0: label, 1: before.name, 2: after.name }),
      changes,
      before: { kind: 'zip', connection, at: from },
      after: { kind: 'zip', connection, at: to },
      ...(differs && { configurations: { before, after } }),
    },
    documents,
  );
}
