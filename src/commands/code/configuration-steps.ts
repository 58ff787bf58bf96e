/** The questions about how what runs takes the code, and what it starts with. */
import * as l10n from '@vscode/l10n';
import { type Choices, CLEAR, KEEP_ALL } from '../../deploy/configuration';
import { type Strategy, strategyNamed } from '../../deploy/port/strategy';
import type { RuleBreach } from '../../deploy/rules/breach';
import { breachWords } from '../../view/messages/rules';
import { wordsOf } from '../../view/messages/target-kinds';
import { askArguments } from '../../view/wizard/argument-rows';
import type { Choice } from '../../view/wizard/prompts';
import { wizard } from '../../view/wizard/wizard';
import { answered, into, namedQuestion, type WizardStep } from '../../view/wizard/wizard-steps';
import type { PickedTarget } from './picked-target';
import type { Scripts } from './scripts';

export interface ConfigurationAnswers extends Choices {
  readonly strategy: string;
}

type Whose = Pick<PickedTarget, 'kind' | 'seen'>;

/**
 * Strategy, script and arguments. A strategy that keeps the latter two leaves nothing to ask.
 * @param scriptsOf q sources to choose from.
 * @param isFirst the strategy that is highlighted.
 */
export function configurationSteps<In extends Whose>(
  scriptsOf: (answers: In, signal: AbortSignal) => Promise<Scripts>,
  isFirst?: IsFirst,
): WizardStep<In, ConfigurationAnswers> {
  const choices: WizardStep<In, Choices> = wizard<In>().and(scriptStep(scriptsOf)).and(argumentsStep());
  return wizard<In>()
    .and(strategyStep(isFirst))
    .branch(
      ['kind', 'strategy'],
      ({ kind, strategy }) =>
        strategyNamed(kind.strategies, strategy).keepsRest ? answered<Choices>(KEEP_ALL) : choices,
      choices.ahead({}),
    );
}

/** What a rule finds in a text, as an input box wants it. */
export function sentence(breach: RuleBreach | undefined): string | undefined {
  return breach && breachWords(breach);
}

/** Tells the strategy that is highlighted. */
type IsFirst = (strategy: Strategy) => boolean;

export function strategyStep(isFirst?: IsFirst): WizardStep<Whose, Pick<ConfigurationAnswers, 'strategy'>> {
  return namedQuestion('strategy', async ({ kind, seen }, { prompts, heading }) => {
    const words = wordsOf(kind.id);
    const first = isFirst && kind.strategies.find(isFirst);
    return into(
      await prompts.pick<string>(heading, {
        placeholder: words.strategyQuestion(),
        choices: seen.strategies.map((id) => ({ value: id, label: id, ...words.strategy(id) })),
        ...(first && { active: (strategy) => strategy === first.id }),
      }),
      (strategy) => ({ strategy }),
    );
  });
}

/** @param scriptsOf q sources to choose from. */
function scriptStep<In extends Whose>(
  scriptsOf: (answers: In, signal: AbortSignal) => Promise<Scripts>,
): WizardStep<In, Pick<Choices, 'initializationScript'>> {
  return namedQuestion('script', async (answers, { prompts, heading }) => {
    const now = answers.seen.configuration.initializationScript;
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
          answers.kind.rules.initializationScript(text)
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
  return namedQuestion('arguments', async ({ kind, seen }, ask) =>
    into(
      await askArguments(ask, seen.configuration.commandLineArguments, {
        key: (key) => sentence(kind.rules.argumentKey(key)),
        value: (value) => sentence(kind.rules.argumentValue(value)),
      }),
      (rows) => ({ commandLineArguments: rows.length === 0 ? CLEAR : { kind: 'value', value: rows } }),
    ),
  );
}
