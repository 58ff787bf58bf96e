/** Asks for several things in one flat list over all connections; {@link askFlat} asks for one. */
import * as l10n from '@vscode/l10n';
import { isSamePath } from '../../model/same-path';
import { type Answer, BACK, type Choice, LEFT } from '../../view/wizard/prompts';
import type { Ask } from '../../view/wizard/wizard-steps';
import { type FlatQuestion, type Found, listAll, type Picked, type ThingSource } from './flat-list';

/** @template A the values of the rows above the things, such as targets */
export interface FlatManyQuestion<T, A> extends Omit<FlatQuestion<T>, 'likely'> {
  readonly above: readonly Choice<A>[];
  /** True for rows that are ticked initially. */
  ticked(row: ManyOf<T, A>): boolean;
  /** Why these rows cannot be combined; undefined if they can. */
  problem(rows: readonly ManyOf<T, A>[]): string | undefined;
}

export type ManyOf<T, A> =
  | { readonly kind: 'above'; readonly of: A }
  | ({ readonly kind: 'thing' } & Found<T>);

type Row<T, A> = Picked<T> | Extract<ManyOf<T, A>, { kind: 'above' }>;
type Holder<T> = Extract<Picked<T>, { kind: 'holder' }>;

/**
 * Asks until the ticked rows can be combined, or the user goes back or leaves. If the user ticks a holder,
 * the list is shown again with the things inside the holder in its place.
 */
export async function askFlatMany<T, A>(
  { prompts, heading }: Ask,
  question: FlatManyQuestion<T, A>,
): Promise<Answer<readonly ManyOf<T, A>[]>> {
  let sources = question.sources();
  let opened: readonly Holder<T>[] = [];
  let problem: string | undefined;
  let isTicked = (row: ManyOf<T, A>): boolean => question.ticked(row);
  for (;;) {
    const chosen = await prompts.pickMany<Row<T, A>>(heading, {
      placeholder:
        problem === undefined
          ? question.placeholder
          : l10n.t('{0}: {1}', { 0: question.placeholder, 1: problem }),
      choices: (signal) => rowsOf(question, sources, opened, signal),
      picked: (row) => isOne(row) && isTicked(row),
      empty: question.empty,
    });
    if (chosen === BACK || chosen === LEFT) return chosen;
    const taken = chosen.filter(isOne);
    isTicked = (row) => taken.some((one) => isSameRow(one, row, question));
    const help = chosen.find((row) => row.kind === 'help');
    const holders = chosen.filter((row) => row.kind === 'holder');
    problem = undefined;
    if (help) {
      if (!(await question.help(help.remedy, help.connection, help.failure))) return LEFT;
      // The remedy may have changed the connection.
      sources = question.sources();
      opened = [];
      continue;
    }
    if (holders.length > 0) {
      sources = [...sources, ...holders.map(({ source, within }) => source.inside(within))];
      opened = [...opened, ...holders];
      continue;
    }
    problem = question.problem(taken);
    if (problem === undefined) return taken;
  }
}

async function rowsOf<T, A>(
  question: FlatManyQuestion<T, A>,
  sources: readonly ThingSource<T>[],
  opened: readonly Holder<T>[],
  signal: AbortSignal,
): Promise<readonly Choice<Row<T, A>>[]> {
  const isOpened = ({ value }: Choice<Picked<T>>): boolean =>
    value.kind === 'holder' && opened.some((holder) => isSameHolder(holder, value));
  const listed = await listAll(sources, [], question, signal, () => undefined);
  const rows = listed.filter((choice) => !isOpened(choice));
  if (question.above.length === 0) return rows;
  return [
    ...question.above.map((choice) => ({ ...choice, value: { kind: 'above', of: choice.value } as const })),
    ...rows.map((choice) => ({ ...choice, group: l10n.t('All') })),
  ];
}

function isOne<T, A>(row: Row<T, A>): row is ManyOf<T, A> {
  return row.kind === 'above' || row.kind === 'thing';
}

function isSameRow<T, A>(
  one: ManyOf<T, A>,
  other: ManyOf<T, A>,
  { isSame }: Pick<FlatManyQuestion<T, A>, 'isSame'>,
): boolean {
  if (one.kind === 'above') return other.kind === 'above' && one.of === other.of;
  return other.kind === 'thing' && isSame(one, other);
}

function isSameHolder<T>(one: Holder<T>, other: Holder<T>): boolean {
  return one.source === other.source && isSamePath(one.within, other.within);
}
