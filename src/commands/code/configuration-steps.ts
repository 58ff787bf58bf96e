/** The questions about how the q processes take the code and what they start with. */
import * as l10n from '@vscode/l10n';
import { type Choices, CLEAR, KEEP_ALL } from '../../deploy/configuration';
import type { RuleBreach } from '../../deploy/rules/breach';
import type { DeploymentStrategy } from '../../model/kdb';
import { breachWords } from '../../view/messages/rules';
import { askArguments } from '../../view/wizard/argument-rows';
import type { Choice } from '../../view/wizard/prompts';
import { wizard } from '../../view/wizard/wizard';
import { answered, into, question, type WizardStep } from '../../view/wizard/wizard-steps';
import type { PickedKdbCluster } from '../pick';
import { strategiesOf, targetKinds } from '../target-kinds';
import type { Scripts } from './scripts';

export interface ConfigurationAnswers extends Choices {
  readonly strategy: DeploymentStrategy;
}

type Whose = Pick<PickedKdbCluster, 'cluster'>;

/**
 * Strategy, script and arguments. NO_RESTART leaves the latter two as they are.
 * @param scriptsOf q sources to choose from.
 * @param first the strategy that is highlighted.
 */
export function configurationSteps<In extends Whose>(
  scriptsOf: (answers: In, signal: AbortSignal) => Promise<Scripts>,
  first?: DeploymentStrategy,
): WizardStep<In, ConfigurationAnswers> {
  const choices: WizardStep<In, Choices> = wizard<In>().and(scriptStep(scriptsOf)).and(argumentsStep());
  return wizard<In>()
    .and(strategyStep(first))
    .branch(
      ['strategy'],
      ({ strategy }) => (strategy === 'NO_RESTART' ? answered<Choices>(KEEP_ALL) : choices),
      choices.ahead({}),
    );
}

/** What a rule finds in a text, as an input box wants it. */
export function sentence(breach: RuleBreach | undefined): string | undefined {
  return breach && breachWords(breach);
}

/** @param first the strategy that is highlighted. */
export function strategyStep(
  first?: DeploymentStrategy,
): WizardStep<Whose, Pick<ConfigurationAnswers, 'strategy'>> {
  return question(async ({ cluster }, { prompts, heading }) =>
    into(
      await prompts.pick<DeploymentStrategy>(heading, {
        placeholder: l10n.t('Choose how the q processes take the code'),
        choices: strategiesOf(cluster).map((strategy) => ({
          value: strategy,
          label: strategy,
          detail: strategyWords(strategy),
          icon: STRATEGY_ICONS[strategy],
        })),
        ...(first && { active: (strategy) => strategy === first }),
      }),
      (strategy) => ({ strategy }),
    ),
  );
}

const STRATEGY_ICONS = { NO_RESTART: 'debug-continue', ROLLING: 'sync', FORCE: 'zap' } as const;

export function strategyWords(strategy: DeploymentStrategy): string {
  switch (strategy) {
    case 'NO_RESTART':
      return l10n.t(
        'The q processes keep running and find the new files on disk. Script and arguments stay as they are.',
      );
    case 'ROLLING':
      return l10n.t('Each q process is stopped and a new one started with the new code.');
    case 'FORCE':
      return l10n.t(
        'All q processes are stopped at once, then started again: the cluster is away in between.',
      );
  }
}

/** @param scriptsOf q sources to choose from. */
function scriptStep<In extends Whose>(
  scriptsOf: (answers: In, signal: AbortSignal) => Promise<Scripts>,
): WizardStep<In, Pick<Choices, 'initializationScript'>> {
  return question(async (answers, { prompts, heading }) => {
    const now = answers.cluster.configuration.initializationScript;
    let found: Promise<Scripts> | undefined;
    const scripts = (signal: AbortSignal): Promise<Scripts> => {
      found ??= scriptsOf(answers, signal);
      return found;
    };
    return into(
      await prompts.pick<string | typeof CLEAR>(heading, {
        placeholder: l10n.t('Choose the initialization script, or type its path in the zip'),
        choices: async (signal) => scriptChoices(now, (await scripts(signal)).paths),
        active: (value) => value === now,
        typed: (text) =>
          targetKinds.usual.rules.initializationScript(text)
            ? undefined
            : { value: text, label: text, description: l10n.t('as typed') },
        verify: async (value, signal) =>
          typeof value === 'string' ? await (await scripts(signal)).lacks(value) : undefined,
      }),
      (chosen) => ({
        initializationScript: typeof chosen === 'string' ? { kind: 'value', value: chosen } : CLEAR,
      }),
    );
  });
}

function scriptChoices(
  now: string | undefined,
  found: readonly string[],
): readonly Choice<string | typeof CLEAR>[] {
  return [
    ...(now === undefined
      ? []
      : [{ value: now, label: now, description: l10n.t('as it is now'), icon: 'check' }]),
    ...found.filter((path) => path !== now).map((path) => ({ value: path, label: path, icon: 'file-code' })),
    // Not there whatever is typed: it would stand above what was typed, and Enter would take it.
    { value: CLEAR, label: l10n.t('No initialization script'), icon: 'circle-slash' },
  ];
}

function argumentsStep(): WizardStep<Whose, Pick<Choices, 'commandLineArguments'>> {
  return question(async ({ cluster }, ask) =>
    into(
      await askArguments(ask, cluster.configuration.commandLineArguments, {
        key: (key) => sentence(targetKinds.usual.rules.argumentKey(key)),
        value: (value) => sentence(targetKinds.usual.rules.argumentValue(value)),
      }),
      (rows) => ({ commandLineArguments: rows.length === 0 ? CLEAR : { kind: 'value', value: rows } }),
    ),
  );
}
