/** The menus of rows in package.json offer what the kinds of rows declare, and nothing else. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMAND_IDS, type CommandId } from '../../src/view/command-ids';
import type { Offered, OfferedCommands } from '../../src/view/resources/kinds/kind';
import { KINDS, type KindNode } from '../../src/view/resources/kinds/table';
import { contextOf, offeredCommands } from '../../src/view/resources/menus';
import type { NoticeNode } from '../../src/view/resources/node';
import { NOTICE_COMMANDS } from '../../src/view/resources/notices';

const PHASES = ['ready', 'busy', 'failed', 'gone', 'unknown'] as const;
const SOURCES = ['profile', 'sandbox'] as const;
const VIEW = 'view == slipway.resources';

interface MenuItem {
  readonly command: string;
  readonly when: string;
  readonly group: string;
}

interface Manifest {
  readonly contributes: { readonly menus: { readonly 'view/item/context': readonly MenuItem[] } };
}

const manifest = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'),
) as Manifest;
const all = manifest.contributes.menus['view/item/context'];
const items = all.filter(({ when }) => when.startsWith(`${VIEW} && `));

const kinds = Object.keys(KINDS) as readonly KindNode['kind'][];
const notices = Object.keys(NOTICE_COMMANDS) as readonly NoticeNode['kind'][];

const IS_OFFERED: Readonly<Record<Offered, (phase: string, source: string) => boolean>> = {
  always: () => true,
  'while-busy': (phase) => phase === 'busy',
  'in-aws': (_, source) => source === 'profile',
};

/** Every context that a row can have, with the commands that its kind declares for it. */
const CONTEXTS: ReadonlyMap<string, readonly CommandId[]> = new Map([
  ...kinds.flatMap((kind) =>
    PHASES.flatMap((phase) =>
      SOURCES.map(
        (source) => [contextOf(kind, phase, source), declared(offeredCommands(kind), phase, source)] as const,
      ),
    ),
  ),
  ...notices.map((kind) => [kind, declared(NOTICE_COMMANDS[kind], '', '')] as const),
  ['failure credentials', declared(NOTICE_COMMANDS.failure, '', '')] as const,
]);

function declared(commands: OfferedCommands, phase: string, source: string): readonly CommandId[] {
  return COMMAND_IDS.filter((id) => {
    const offered = commands[id];
    return offered !== undefined && IS_OFFERED[offered](phase, source);
  });
}

/** Whether VS Code shows an item for a row; knows the two forms that the clauses of rows have. */
function isShown(when: string, context: string): boolean {
  const [view, ...clauses] = when.split(' && ');
  expect(view).toBe(VIEW);
  expect(clauses).not.toEqual([]);
  return clauses.every((clause) => {
    const [, pattern] = /^viewItem =~ \/(.+)\/$/.exec(clause) ?? [];
    if (pattern === undefined) throw new Error(`a clause of another form: ${clause}`);
    return new RegExp(pattern).test(context);
  });
}

describe.each([...CONTEXTS])('the menu of a row "%s"', (context, commands) => {
  test('offers what its kind declares', () => {
    const shown = new Set(items.filter(({ when }) => isShown(when, context)).map(({ command }) => command));
    expect([...shown].sort()).toEqual([...commands].sort());
  });
});

test('offers nothing that no row can have', () => {
  const contexts = [...CONTEXTS.keys()];
  const dead = items.filter(({ when }) => !contexts.some((context) => isShown(when, context)));
  expect(dead).toEqual([]);
  // A pattern that names a kind which is no more would go unseen beside those that are.
  const named = items.flatMap(({ when }) =>
    [...when.matchAll(/\/\^\(?([\w|-]+)/g)].flatMap(([, names = '']) => names.split('|')),
  );
  expect(named.filter((name) => !([...kinds, ...notices] as readonly string[]).includes(name))).toEqual([]);
});

test('is the menu of one view alone', () => {
  const others = all.filter(({ when }) => when.startsWith('view == slipway.operations && '));
  expect(items.length + others.length).toBe(all.length);
});

test('has each command once beside its buttons', () => {
  for (const context of CONTEXTS.keys()) {
    const listed = items
      .filter(({ group, when }) => !group.startsWith('inline') && isShown(when, context))
      .map(({ command }) => command);
    expect(listed).toEqual([...new Set(listed)]);
  }
});
