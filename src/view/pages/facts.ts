/** Tables of names and values, such as the facts of a thing. */
import * as l10n from '@vscode/l10n';
import { rowsBlock } from './blocks';
import { code, muted } from './cells';
import type { Cell, Section } from './page';
import { copyable } from './things/buttons';

/** A name and its value. A row whose value is undefined is left out. */
export type Fact = readonly [name: Cell, value: Cell | undefined];

/** @param what title of the table: `The node group` */
export function factsSection(what: string, facts: readonly Fact[], id = 'facts'): Section {
  const known = facts.filter((fact): fact is readonly [Cell, Cell] => fact[1] !== undefined);
  return { id, heading: what, blocks: [rowsBlock(what, [], known)] };
}

/** A folded section for rows that few users need; the number of rows stands beside the heading. */
export function foldedSection(id: string, heading: string, rows: readonly (readonly Cell[])[]): Section {
  return {
    id,
    heading,
    note: String(rows.length),
    fold: 'closed',
    blocks: [rowsBlock(heading, [], rows)],
  };
}

/** The text as code, or the words "AWS does not say" if there is no text. */
export function codeOrNone(text: string | undefined): Cell {
  return text === undefined || text === '' ? muted(l10n.t('AWS does not say')) : code(text);
}

/** The ids of subnets, each with a button that copies it. */
export function subnetsSection(subnetIds: readonly string[]): Section {
  const rows = subnetIds.map((id) => [copyable(l10n.t('subnet id'), id)]);
  return foldedSection('subnets', l10n.t('Subnets'), rows);
}
