/** One flat list over all connections, with rows `connection / …`: probable things first, the rest as lists arrive. */

import * as l10n from '@vscode/l10n';
import type { Connection } from '../../model/connection';
import { type Failure, failureOf } from '../../model/failure';
import { present } from '../../model/present';
import { failureWords } from '../../view/messages/failure';
import { failureTitle } from '../../view/messages/failure-title';
import { type FailureRemedy, failureRemedy } from '../../view/resources/failure-remedy';
import { connectionLabel } from '../../view/resources/kinds/connection';
import { type Answer, BACK, type Choice, LEFT, type PickQuestion } from '../../view/wizard/prompts';
import type { Ask } from '../../view/wizard/wizard-steps';
import type { Listed, ListThings, TypedHolder } from './listed';

/** Things of one kind in one connection. */
export interface ThingSource<T> {
  readonly connection: Connection;
  readonly list: ListThings<T>;
  /**
   * The things inside a holder of this source. A holder is a row, such as a namespace, whose things are
   * listed only after the user has picked the row.
   */
  inside(within: readonly string[]): ThingSource<T>;
  /** Lets the user type the name of a holder inside an opened holder; absent if no name can be typed. */
  readonly typed?: TypedHolder;
  /** The words to show where there are no things. */
  none(): string;
}

/** A thing that is shown at the top from the start, while the connections are still being read. */
export interface LikelyThing<T> {
  readonly connection: Connection;
  readonly thing: T;
  readonly label: string;
  readonly icon: string;
  /** The heading above the thing, which says why it is at the top. */
  readonly why: string;
}

export interface FlatQuestion<T> {
  readonly placeholder: string;
  readonly sources: () => readonly ThingSource<T>[];
  /** Each thing only once, the most probable first. */
  readonly likely: readonly LikelyThing<T>[];
  isSame(one: Found<T>, other: Found<T>): boolean;
  /** The words to show where there is no connection. */
  readonly empty: string;
  readonly help: Help;
}

/**
 * Runs the remedy for a connection's failure. Resolves with true if the list is to be read again now; with
 * false if the user has something else to do first, such as to edit a file or to use the commands that were
 * copied.
 */
export type Help = (remedy: FailureRemedy, connection: Connection, failure: Failure) => Promise<boolean>;

/** A thing, and the connection through which it is reached. */
export interface Found<T> {
  readonly connection: Connection;
  readonly thing: T;
}

/** A row of the list. */
export type Picked<T> =
  | ({ readonly kind: 'thing' } & Found<T>)
  | {
      readonly kind: 'holder';
      readonly source: ThingSource<T>;
      readonly within: readonly string[];
    }
  | {
      readonly kind: 'help';
      readonly remedy: FailureRemedy;
      readonly connection: Connection;
      readonly failure: Failure;
    }
  | { readonly kind: 'notice' };

/**
 * Asks until the user picks a thing, goes back or leaves. After a remedy for a failure, the list is read
 * again, unless the remedy leaves something for the user to do first: this counts as leaving.
 */
export async function askFlat<T>(ask: Ask, question: FlatQuestion<T>): Promise<Answer<Found<T>>> {
  const { prompts, heading } = ask;
  /** Holders that were opened, each inside the one before. */
  let opened: readonly Extract<Picked<T>, { kind: 'holder' }>[] = [];
  for (;;) {
    const holder = opened.at(-1);
    const sources = holder === undefined ? question.sources() : [holder.source.inside(holder.within)];
    const likely = holder === undefined ? question.likely : [];
    const typing = holder && typingIn(holder, question.placeholder);
    const picked = await prompts.pick<Picked<T>>(
      { ...heading, canGoBack: heading.canGoBack || holder !== undefined },
      {
        placeholder: question.placeholder,
        ...typing,
        choices: (signal, show) => listAll(sources, likely, question, signal, show),
        empty: question.empty,
      },
    );
    if (picked === LEFT) return LEFT;
    if (picked === BACK) {
      if (holder === undefined) return BACK;
      opened = opened.slice(0, -1);
    } else if (picked.kind === 'thing') return { connection: picked.connection, thing: picked.thing };
    else if (picked.kind === 'holder') opened = [...opened, picked];
    else if (
      picked.kind === 'help' &&
      !(await question.help(picked.remedy, picked.connection, picked.failure))
    )
      return LEFT;
  }
}

/**
 * Lets the user also type a name while the list of an opened holder is shown; undefined if no name can be
 * typed there.
 */
function typingIn<T>(
  { source, within }: Extract<Picked<T>, { kind: 'holder' }>,
  placeholder: string,
): Pick<PickQuestion<Picked<T>>, 'placeholder' | 'typed'> | undefined {
  const hint = source.typed?.hint(within);
  if (hint === undefined) return undefined;
  return {
    placeholder: l10n.t('{0}, or {1}', { 0: placeholder, 1: hint }),
    typed: (text) => {
      const row = source.typed?.row(within, text.trim());
      return row && choiceOf<T>(row, source);
    },
  };
}

/**
 * Reads all sources at once. The things of each page are added below the rows that have already arrived; the
 * holders of a connection are added when all lists of the connection have been read.
 */
export async function listAll<T>(
  sources: readonly ThingSource<T>[],
  likely: readonly LikelyThing<T>[],
  { isSame }: Pick<FlatQuestion<T>, 'isSame'>,
  signal: AbortSignal,
  show: (soFar: readonly Choice<Picked<T>>[]) => void,
): Promise<readonly Choice<Picked<T>>[]> {
  const top = likely.map(likelyChoice);
  const rest: Choice<Picked<T>>[] = [];
  const all = (): readonly Choice<Picked<T>>[] => [...top, ...rest];
  /**
   * Adds a row. If the thing is already at the top, its row there is replaced by this more detailed one. A
   * row that gives the same reason for missing rows as an earlier one is not added.
   */
  const add = (choice: Choice<Picked<T>>): void => {
    const { value } = choice;
    const isSaid = value.kind === 'help' && rest.some((one) => isSameReason(one, choice));
    if (isSaid) return;
    const at =
      value.kind === 'thing'
        ? top.findIndex((one) => one.value.kind === 'thing' && isSame(one.value, value))
        : -1;
    const before = top[at];
    if (before === undefined) rest.push(top.length === 0 ? choice : { ...choice, group: l10n.t('All') });
    else top[at] = { ...choice, ...(before.group !== undefined && { group: before.group }) };
  };
  if (top.length > 0) show(all());
  /**
   * Adds the things of a source to the list. Returns the rows to show below them: the source's holders, and a
   * row which says that there are no things or why they could not be read.
   */
  const addThings = async (source: ThingSource<T>): Promise<readonly Choice<Picked<T>>[]> => {
    const holders: Choice<Picked<T>>[] = [];
    let isEmpty = true;
    try {
      for await (const page of source.list(signal)) {
        if (page.length === 0) continue;
        isEmpty = false;
        for (const one of page) {
          const choice = choiceOf(one, source);
          if (one.kind === 'holder') holders.push(choice);
          else add(choice);
        }
        show(all());
      }
      return isEmpty ? [noticeOf(source.connection, source.none(), 'dash')] : holders;
    } catch (thrown) {
      if (signal.aborted) return [];
      return [...holders, unreadChoice(undefined, failureOf(thrown), source.connection)];
    }
  };
  await Promise.all(
    byConnection(sources).map(async (some) => {
      // All lists of the connection are awaited first, so that its holders are shown below all its things.
      const rows = await Promise.all(some.map(addThings));
      for (const row of rows.flat()) add(row);
      show(all());
    }),
  );
  return all();
}

function byConnection<T>(sources: readonly ThingSource<T>[]): readonly (readonly ThingSource<T>[])[] {
  const ids = [...new Set(sources.map(({ connection }) => connection.id))];
  return ids.map((id) => sources.filter(({ connection }) => connection.id === id));
}

function isSameReason<T>(one: Choice<Picked<T>>, other: Choice<Picked<T>>): boolean {
  const isHelp = one.value.kind === 'help' && other.value.kind === 'help';
  return isHelp && one.label === other.label && one.description === other.description;
}

function likelyChoice<T>({ connection, thing, label, icon, why }: LikelyThing<T>): Choice<Picked<T>> {
  return {
    value: { kind: 'thing', connection, thing },
    label: labelled(connection, label),
    icon,
    group: why,
  };
}

function choiceOf<T>(one: Listed<T>, source: ThingSource<T>): Choice<Picked<T>> {
  const { connection } = source;
  if (one.kind === 'unread') return unreadChoice(one.label, one.failure, connection);
  const { kind: _, label, description, ...looks } = one;
  const value: Picked<T> =
    one.kind === 'thing'
      ? { kind: 'thing', connection, thing: one.thing }
      : { kind: 'holder', source, within: one.within };
  return {
    value,
    label:
      one.kind === 'thing'
        ? labelled(connection, label)
        : l10n.t('{0} / …', { 0: labelled(connection, label) }),
    description: [description, connection.region].filter((text) => text !== undefined).join(' · '),
    ...present({ detail: looks.detail, icon: looks.icon }),
  };
}

/** A row that says why other rows are missing; it stays visible whatever is typed. Picking it runs the remedy. */
function unreadChoice<T>(
  label: string | undefined,
  failure: Failure,
  connection: Connection,
): Choice<Picked<T>> {
  const remedy = failureRemedy(failure, connection.source.kind);
  const where = label === undefined ? connectionLabel(connection) : labelled(connection, label);
  return {
    value: { kind: 'help', remedy, connection, failure },
    label: l10n.t('{0}: {1}', { 0: where, 1: failureTitle(failure) }),
    description: [remedyWords(remedy), connection.region].join(' · '),
    detail: failureWords(failure),
    icon: 'error',
    always: true,
  };
}

function noticeOf<T>(connection: Connection, words: string, icon: string): Choice<Picked<T>> {
  return {
    value: { kind: 'notice' },
    label: l10n.t('{0}: {1}', { 0: connectionLabel(connection), 1: words }),
    description: connection.region,
    icon,
  };
}

function labelled(connection: Connection, label: string): string {
  return `${connectionLabel(connection)} / ${label}`;
}

/** The words that say what picking the row does. */
function remedyWords(remedy: FailureRemedy): string {
  switch (remedy) {
    case 'signIn':
      return l10n.t('Sign In');
    case 'editConfig':
      return l10n.t('Edit Config');
    case 'changeRegion':
      return l10n.t('Change Region');
    case 'copyAccess':
      return l10n.t('Copy Commands for Access');
    case 'copyRole':
      return l10n.t('Copy Kubernetes Role');
    case 'editEndpoints':
      return l10n.t('Edit Endpoints of Clusters');
    case 'tryAgain':
      return l10n.t('Try Again');
  }
}
