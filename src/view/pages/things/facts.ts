/** Names and values, such as those of a thing, as tables. */
import * as l10n from '@vscode/l10n';
import { code, muted } from '../cells';
import type { Cell, Section, TableRow } from '../page';

/** A name and its value. A value that is undefined has nothing to say: the row is left out. */
export type Fact = readonly [name: Cell, value: Cell | undefined];

/** @param what names the table: `The node group` */
export function factsSection(what: string, facts: readonly Fact[], id = 'facts'): Section {
  return {
    id,
    heading: what,
    blocks: [{ kind: 'table', caption: what, head: [], rows: rowsOf(facts) }],
  };
}

/** Names and values that few people look up. */
export function foldedFacts(id: string, heading: string, facts: readonly Fact[]): Section {
  return {
    id,
    heading,
    note: String(facts.length),
    fold: 'closed',
    blocks: [{ kind: 'table', caption: heading, head: [], rows: rowsOf(facts) }],
  };
}

function rowsOf(facts: readonly Fact[]): readonly TableRow[] {
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [{ cells: [name, value] }]));
}

/** The text as code, or words that AWS does not give it. */
export function codeOrNone(text: string | undefined): Cell {
  return text === undefined || text === '' ? muted(l10n.t('AWS does not say')) : code(text);
}
