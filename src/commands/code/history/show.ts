/** "Show Deployments…": what was deployed to a cluster, any two of them compared. */
import * as l10n from '@vscode/l10n';
import { type ConfigurationWithCode, differences } from '../../../deploy/configuration';
import { withProgress } from '../../../view/progress';
import type { ResourceNode } from '../../../view/resources/node';
import { pickBeside } from '../../../view/wizard/beside';
import { into, runWizard, type WizardStep } from '../../../view/wizard/wizard';
import { given, knownFromRow, type PickedKdbCluster } from '../../pick';
import { countOfChanges, type NamedConfiguration, showChanges } from '../diffs';
import { rollBackTo } from '../roll-back';
import { deploymentChoice, noticeChoices, timeWords } from './choices';
import type { KnownDeployment } from './cluster-history';
import { type HistoryAnswers, type HistoryDeps, historySteps } from './steps';

type Deed = 'details' | 'compare-live' | 'compare-other' | 'roll-back';

interface ShowAnswers extends HistoryAnswers {
  readonly chosen: KnownDeployment;
  readonly deed: Deed;
  readonly other: KnownDeployment;
}

export async function showDeployments(node: ResourceNode | undefined, deps: HistoryDeps): Promise<void> {
  const answers = await runWizard<ShowAnswers>(
    l10n.t('Deployments'),
    [...historySteps<ShowAnswers>(deps), chosenStep(deps), deedStep(deps), otherStep(deps)],
    await knownFromRow(node, deps.ports, new AbortController().signal),
    deps.prompts,
  );
  if (answers) await carryOut(answers, deps);
}

function chosenStep({ notify }: HistoryDeps): WizardStep<ShowAnswers> {
  return {
    key: 'chosen',
    ask: async ({ history }, ask) =>
      into(
        await pickBeside<KnownDeployment>(ask, {
          placeholder: l10n.t('Choose a deployment'),
          choices: [
            ...given(history).deployments.map(deploymentChoice),
            ...noticeChoices(given(history), notify),
          ],
          empty: l10n.t('Slipway knows of no deployment to this cluster'),
        }),
        (chosen) => ({ chosen }),
      ),
  };
}

function deedStep({ ledger }: HistoryDeps): WizardStep<ShowAnswers> {
  return {
    key: 'deed',
    ask: async ({ chosen, cluster }, { prompts, heading }) => {
      const { deployment, isLive } = given(chosen);
      const isKnownHere = ledger.operations().some(({ id }) => id === deployment.operationId);
      const hasCode = given(cluster).configuration.code !== undefined;
      return into(
        await prompts.pick<Deed>(heading, {
          placeholder: l10n.t('The deployment of {0}', { 0: timeWords(deployment.at) }),
          choices: [
            ...(isKnownHere
              ? [{ value: 'details', label: l10n.t('Show details'), icon: 'info' } as const]
              : []),
            ...(hasCode && !isLive
              ? [
                  {
                    value: 'compare-live',
                    label: l10n.t('Compare with what is live now'),
                    icon: 'git-compare',
                  } as const,
                ]
              : []),
            {
              value: 'compare-other',
              label: l10n.t('Compare with another deployment…'),
              icon: 'diff-multiple',
            },
            { value: 'roll-back', label: l10n.t('Roll back to it…'), icon: 'discard' },
          ],
        }),
        (deed) => ({ deed }),
      );
    },
  };
}

function otherStep({ notify }: HistoryDeps): WizardStep<ShowAnswers> {
  return {
    key: 'other',
    when: ({ deed }) => deed === 'compare-other',
    ask: async ({ history, chosen }, ask) =>
      into(
        await pickBeside<KnownDeployment>(ask, {
          placeholder: l10n.t('Choose the deployment to compare it with'),
          choices: [
            ...given(history)
              .deployments.filter((one) => one !== chosen)
              .map(deploymentChoice),
            ...noticeChoices(given(history), notify),
          ],
          empty: l10n.t('Slipway knows of no other deployment to this cluster'),
        }),
        (other) => ({ other }),
      ),
  };
}

async function carryOut(answers: ShowAnswers, deps: HistoryDeps): Promise<void> {
  const { chosen, deed, other, cluster } = answers;
  const { deployment } = chosen;
  switch (deed) {
    case 'details': {
      const operation = deps.ledger.operations().find(({ id }) => id === deployment.operationId);
      if (operation) await deps.showOperation(operation);
      return;
    }
    case 'compare-live': {
      const { code } = cluster.configuration;
      const live = code && { name: l10n.t('live now'), configuration: { ...cluster.configuration, code } };
      if (live) await compare(answers, named(chosen), live, deps);
      return;
    }
    case 'compare-other': {
      const [before, after] = deployment.at < other.deployment.at ? [chosen, other] : [other, chosen];
      await compare(answers, named(before), named(after), deps);
      return;
    }
    case 'roll-back':
      await rollBackTo(answers, { kind: 'deployment', known: chosen }, deps);
  }
}

interface NamedDeployment extends NamedConfiguration {
  readonly configuration: ConfigurationWithCode;
}

function named({ deployment }: KnownDeployment): NamedDeployment {
  return { name: timeWords(deployment.at), configuration: deployment.configuration };
}

/** Code, script and arguments of both: files from two zips, of which only those are read that are opened. */
async function compare(
  { connection, environment, cluster }: PickedKdbCluster,
  before: NamedDeployment,
  after: NamedDeployment,
  { zips, notify, documents }: HistoryDeps,
): Promise<void> {
  const label = `${environment.name} / ${cluster.name}`;
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
