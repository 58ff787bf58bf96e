/** The questions about strategy, initialization script and arguments. */
import * as l10n from '@vscode/l10n';
import { type Choices, CLEAR, choicesOf, KEEP_ALL } from '../../deploy/configuration';
import { type Strategy, strategyNamed } from '../../deploy/port/strategy';
import type { RuleBreach } from '../../deploy/rules/breach';
import { breachWords } from '../../view/messages/rules';
import { wordsOf } from '../../view/messages/target-kinds';
import { askArguments } from '../../view/wizard/argument-rows';
import type { Choice } from '../../view/wizard/prompts';
import { wizard } from '../../view/wizard/wizard';
import { answered, into, namedQuestion, type WizardStep } from '../../view/wizard/wizard-steps';
import type { ConfigurationAnswers, WithUsual } from './deploy-answers';
import type { PickedTarget } from './picked-target';
import type { Scripts } from './scripts';

type Whose = Pick<PickedTarget, 'kind' | 'seen'> & Partial<WithUsual>;

/**
 * How a wizard asks the questions: which scripts and which strategy it proposes, and whether it asks for
 * arguments.
 */
interface Asking<In> {
  /** The q sources that are offered as the script. */
  readonly scriptsOf: (answers: In, signal: AbortSignal) => Promise<Scripts>;
  /** Selects the strategy that is highlighted if none was chosen before. */
  readonly isFirst: IsFirst;
  /**
   * True if the user is asked for the arguments even if they are known. Otherwise those of
   * {@link knownArguments} are used, if it returns any; the user can change them in the review.
   */
  readonly asksArguments: boolean;
}

/**
 * Asks for the strategy, the script and the arguments; the last two are skipped if the strategy keeps them.
 */
export function configurationSteps<In extends Whose>({
  scriptsOf,
  isFirst,
  asksArguments,
}: Asking<In>): WizardStep<In, ConfigurationAnswers> {
  const choices: WizardStep<In, Choices> = wizard<In>()
    .and(scriptStep(scriptsOf))
    .and(argumentsStep(asksArguments));
  return wizard<In>()
    .and(strategyStep(isFirst))
    .branch(
      ['kind', 'strategy'],
      ({ kind, strategy }) =>
        strategyNamed(kind.strategies, strategy).keepsRest ? answered<Choices>(KEEP_ALL) : choices,
      choices.ahead({}),
    );
}

/** The breach of a rule as a sentence, in the form that input boxes need. */
export function sentence(breach: RuleBreach | undefined): string | undefined {
  return breach && breachWords(breach);
}

/** If no strategy was chosen before, the first possible one for which this returns true is highlighted. */
type IsFirst = (strategy: Strategy) => boolean;

export function strategyStep(isFirst: IsFirst): WizardStep<Whose, Pick<ConfigurationAnswers, 'strategy'>> {
  return namedQuestion<Whose, Pick<ConfigurationAnswers, 'strategy'>>(
    'strategy',
    async ({ kind, seen }, { prompts, heading }, now) => {
      const words = wordsOf(kind.id);
      // A strategy that is not possible has a row, too, with the reason.
      const refused = new Map(
        (seen.impossible ?? []).map(({ strategy, why }) => [
          strategy,
          words.impossible?.(strategy, why) ?? why,
        ]),
      );
      const possible = kind.strategies.filter(({ id }) => seen.strategies.includes(id));
      const first = now?.strategy ?? possible.find(isFirst)?.id;
      return into(
        await prompts.pick<string>(heading, {
          placeholder: words.strategyQuestion(),
          choices: [
            ...seen.strategies.map((id) => ({ value: id, label: id, ...words.strategy(id) })),
            ...[...refused].map(([id, why]) => ({ value: id, label: id, icon: 'circle-slash', detail: why })),
          ],
          ...(refused.size > 0 && { verify: async (strategy: string) => refused.get(strategy) }),
          active: (strategy) => strategy === first,
        }),
        (strategy) => ({ strategy }),
      );
    },
    {
      known: ({ usual, seen }) =>
        usual?.strategy !== undefined && (seen?.strategies.includes(usual.strategy) ?? true)
          ? { strategy: usual.strategy }
          : undefined,
      stands: ({ strategy }, { seen }) => seen.strategies.includes(strategy),
    },
  );
}

type ScriptAnswer = Pick<Choices, 'initializationScript'>;

/** @param scriptsOf the q sources that are offered */
function scriptStep<In extends Whose>(
  scriptsOf: (answers: In, signal: AbortSignal) => Promise<Scripts>,
): WizardStep<In, ScriptAnswer> {
  return namedQuestion<In, ScriptAnswer>(
    'script',
    async (answers, { prompts, heading }, before) => {
      const now = answers.seen.configuration.initializationScript;
      const chosenBefore = before?.initializationScript;
      let found: Promise<Scripts> | undefined;
      const scripts = (signal: AbortSignal): Promise<Scripts> => {
        found ??= scriptsOf(answers, signal);
        return found;
      };
      return into(
        await prompts.pick<string | typeof CLEAR>(heading, {
          placeholder: l10n.t('Choose the initialization script, or type its path in the zip'),
          choices: async (signal) => scriptChoices(now, (await scripts(signal)).paths),
          ...(chosenBefore?.kind === 'value' && { active: (value) => value === chosenBefore.value }),
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
    },
    {
      known: ({ usual }) =>
        usual?.initializationScript && { initializationScript: usual.initializationScript },
      stands: () => true,
    },
  );
}

/** Offers the present script first. */
function scriptChoices(
  now: string | undefined,
  found: readonly string[],
): readonly Choice<string | typeof CLEAR>[] {
  return [
    ...(now === undefined
      ? []
      : [{ value: now, label: now, description: l10n.t('as it is now'), icon: 'check' }]),
    ...found.filter((path) => path !== now).map((path) => ({ value: path, label: path, icon: 'file-code' })),
    // Not marked `always`, so that the row is hidden while the user types: otherwise it would stand above
    // the typed path, and Enter would choose it.
    { value: CLEAR, label: l10n.t('No initialization script'), icon: 'circle-slash' },
  ];
}

type ArgumentsAnswer = Pick<Choices, 'commandLineArguments'>;

/**
 * The arguments to use when the user is not asked for them: those of the last deployment, or else the present
 * ones; undefined if the user has to be asked.
 */
export function knownArguments({
  usual,
  seen,
}: Partial<Whose>): ArgumentsAnswer['commandLineArguments'] | undefined {
  if (usual?.asksArguments) return undefined;
  const { commandLineArguments: now = [] } = seen?.configuration ?? {};
  return usual?.commandLineArguments ?? choicesOf({ commandLineArguments: now }).commandLineArguments;
}

function argumentsStep(isAsked: boolean): WizardStep<Whose, ArgumentsAnswer> {
  return namedQuestion<Whose, ArgumentsAnswer>(
    'arguments',
    async ({ kind, seen }, ask, now) => {
      const before = now?.commandLineArguments.kind === 'value' ? now.commandLineArguments.value : [];
      return into(
        await askArguments(ask, now === undefined ? seen.configuration.commandLineArguments : before, {
          key: (key) => sentence(kind.rules.argumentKey(key)),
          value: (value) => sentence(kind.rules.argumentValue(value)),
        }),
        (rows) => ({ commandLineArguments: rows.length === 0 ? CLEAR : { kind: 'value', value: rows } }),
      );
    },
    {
      known: (soFar) => {
        const commandLineArguments = isAsked ? undefined : knownArguments(soFar);
        return commandLineArguments && { commandLineArguments };
      },
      stands: () => true,
    },
  );
}
