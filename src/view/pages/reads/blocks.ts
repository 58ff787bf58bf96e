/** Parts that pages of what was read share. */
import * as l10n from '@vscode/l10n';
import type { Block, Cell, Section, TableRow } from '../page';
import { copyable } from '../things/buttons';

export function text(words: string): Block {
  return { kind: 'text', text: words };
}

/** @param name of the table, for whoever does not see it. */
export function rowsBlock(name: string, head: readonly string[], rows: readonly (readonly Cell[])[]): Block {
  return { kind: 'table', caption: name, head, rows: rows.map((cells): TableRow => ({ cells })) };
}

export function unknownBlock(words: string): Block {
  const finding = { tone: 'unknown', verdict: l10n.t('Unknown'), title: words } as const;
  return { kind: 'findings', findings: [finding] };
}

/** Commands for a terminal, each to be copied. */
export function commandsSection(commands: readonly string[]): readonly Section[] {
  if (commands.length === 0) return [];
  const heading = l10n.t('To look closer');
  const rows = commands.map((command) => [copyable(l10n.t('command'), command)]);
  return [
    { id: 'commands', heading, fold: 'closed', blocks: [rowsBlock(heading, [l10n.t('Command')], rows)] },
  ];
}
