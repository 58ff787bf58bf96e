/** Command-line arguments as rows: one key and one value each, checked while typing. */
import * as l10n from '@vscode/l10n';
import type { CommandLineArgument } from '../../model/code';
import { presentItems } from '../../model/present';
import { argumentsWords } from '../messages/counts';
import { type Answer, BACK, type Choice, LEFT } from './prompts';
import type { Ask } from './wizard-steps';

/** Each check returns the sentence that says why a text is not valid; undefined if the text is valid. */
export interface ArgumentChecks {
  key(key: string): string | undefined;
  value(value: string): string | undefined;
}

type Action = { readonly kind: 'done' | 'add' | 'clear' } | { readonly kind: 'edit'; readonly index: number };

/**
 * Lets the user add, change, remove and clear rows until "Done". Back from the questions about a row leads to
 * the list without a change of the row; Back from the list discards all changes.
 */
export async function askArguments(
  { prompts, heading }: Ask,
  before: readonly CommandLineArgument[],
  checks: ArgumentChecks,
): Promise<Answer<readonly CommandLineArgument[]>> {
  let rows = before;
  for (;;) {
    const action = await prompts.pick<Action>(heading, {
      placeholder: l10n.t('Command-line arguments that the q processes start with'),
      choices: actionsFor(rows),
    });
    if (action === BACK || action === LEFT) return action;
    if (action.kind === 'done') return rows;
    if (action.kind === 'clear') {
      rows = [];
      continue;
    }
    const index = action.kind === 'edit' ? action.index : rows.length;
    const edited = await askRow({ prompts, heading: { ...heading, canGoBack: true } }, rows, index, checks);
    if (edited === LEFT) return LEFT;
    if (edited !== BACK) rows = edited;
  }
}

function actionsFor(rows: readonly CommandLineArgument[]): readonly Choice<Action>[] {
  return [
    {
      value: { kind: 'done' },
      label: l10n.t('Done: {0}', { 0: argumentsWords(rows.length) }),
      icon: 'check',
      always: true,
    },
    ...rows.map(
      ({ key, value }, index): Choice<Action> => ({
        value: { kind: 'edit', index },
        label: key,
        description: value,
        icon: 'edit',
      }),
    ),
    { value: { kind: 'add' }, label: l10n.t('Add an argument'), icon: 'add', always: true },
    ...presentItems<Choice<Action>>(
      rows.length === 0
        ? undefined
        : {
            value: { kind: 'clear' },
            label: l10n.t('Remove all arguments'),
            icon: 'clear-all',
            always: true,
          },
    ),
  ];
}

async function askRow(
  { prompts, heading }: Ask,
  rows: readonly CommandLineArgument[],
  index: number,
  checks: ArgumentChecks,
): Promise<Answer<readonly CommandLineArgument[]>> {
  const before = rows[index];
  const taken = new Set(rows.filter((_, at) => at !== index).map(({ key }) => key));
  const key = await prompts.input(heading, {
    prompt: l10n.t('Key of the argument. Leave it empty to remove the row.'),
    value: before?.key ?? '',
    check: (text) => {
      if (text === '') return undefined;
      return taken.has(text) ? l10n.t('There is an argument "{0}" already', { 0: text }) : checks.key(text);
    },
  });
  if (key === BACK || key === LEFT) return key;
  if (key === '') return rows.filter((_, at) => at !== index);
  const value = await prompts.input(heading, {
    prompt: l10n.t('Value of the argument "{0}"', { 0: key }),
    value: before?.value ?? '',
    check: checks.value,
  });
  if (value === BACK || value === LEFT) return value;
  return [...rows.slice(0, index), { key, value }, ...rows.slice(index + 1)];
}
