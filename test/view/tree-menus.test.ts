/** The menus of rows in package.json offer what the kinds of rows declare, and nothing else. */
import { describe, expect, test } from 'vitest';
import type { CredentialsProblem, Failure } from '../../src/model/failure';
import { COMMAND_IDS, type CommandId } from '../../src/view/command-ids';
import { type FailureRemedy, failureRemedy, REMEDY_COMMANDS } from '../../src/view/resources/failure-remedy';
import type { Offered, OfferedCommands } from '../../src/view/resources/kinds/kind';
import { isThingKind, KINDS, type KindNode, THINGS } from '../../src/view/resources/kinds/table';
import { contextOf, offeredCommands } from '../../src/view/resources/menus';
import type { NoticeNode } from '../../src/view/resources/node';
import { NOTICE_COMMANDS } from '../../src/view/resources/notices';
import { awsFailure } from '../operations/data';
import { belowOf, contributes, isShown, itemsOf, menuOf } from './menu-items';

const PHASES = ['ready', 'busy', 'failed', 'gone', 'unknown'] as const;
const SOURCES = ['profile', 'sandbox'] as const;
const VIEW = 'slipway.resources';
const MORE = belowOf('slipway.resources.more');

const items = itemsOf(VIEW);
const kinds = Object.keys(KINDS) as readonly KindNode['kind'][];
const notices = Object.keys(NOTICE_COMMANDS) as readonly NoticeNode['kind'][];
const remedies = Object.keys(REMEDY_COMMANDS) as readonly FailureRemedy[];

const IS_OFFERED: Readonly<Record<Offered, (phase: string, source: string, isEmpty: boolean) => boolean>> = {
  always: () => true,
  'while-busy': (phase) => phase === 'busy',
  'in-aws': (_, source) => source === 'profile',
  'while-empty': (_, __, isEmpty) => isEmpty,
  'unless-empty': (_, __, isEmpty) => !isEmpty,
};

/** Every context that a row of a thing, a folder or a connection can have, with the commands that its kind declares. */
const OF_KINDS: ReadonlyMap<string, readonly CommandId[]> = new Map(
  kinds.flatMap((kind) =>
    PHASES.flatMap((phase) =>
      SOURCES.flatMap((source) =>
        (isThingKind(kind) && THINGS[kind].isEmpty ? [false, true] : [false]).map(
          (isEmpty) =>
            [
              contextOf(kind, phase, source, isEmpty),
              declared(offeredCommands(kind), phase, source, isEmpty),
            ] as const,
        ),
      ),
    ),
  ),
);
const OF_FAILURES: ReadonlyMap<string, readonly CommandId[]> = new Map(
  remedies.map((remedy) => [
    `failure ${remedy}`,
    declared({ ...NOTICE_COMMANDS.failure, [REMEDY_COMMANDS[remedy]]: 'always' }, '', ''),
  ]),
);
const CONTEXTS: ReadonlyMap<string, readonly CommandId[]> = new Map([
  ...OF_KINDS,
  ...OF_FAILURES,
  ...notices
    .filter((kind) => kind !== 'failure')
    .map((kind) => [kind, declared(NOTICE_COMMANDS[kind], '', '')] as const),
  ['empty region', declared(NOTICE_COMMANDS.empty, '', 'profile')],
]);

function declared(
  commands: OfferedCommands,
  phase: string,
  source: string,
  isEmpty = false,
): readonly CommandId[] {
  return COMMAND_IDS.filter((id) => {
    const offered = commands[id];
    return offered !== undefined && IS_OFFERED[offered](phase, source, isEmpty);
  });
}

/** Commands of the menu, those under its submenu included, in order. */
function commandsIn(context: string): readonly string[] {
  return menuOf(VIEW, context).flatMap((entry) => ('below' in entry ? entry.below : [entry.command]));
}

describe.each([...CONTEXTS])('the menu of a row "%s"', (context, commands) => {
  test('offers what its kind declares', () => {
    expect([...commandsIn(context)].sort()).toEqual([...commands].sort());
  });

  test('has each command once', () => {
    expect(commandsIn(context)).toEqual([...new Set(commandsIn(context))]);
  });
});

test.each([...OF_KINDS.keys(), ...OF_FAILURES.keys()])(
  'the menu of a row "%s" has three to six entries',
  (context) => {
    const { length } = menuOf(VIEW, context);
    expect(length).toBeGreaterThanOrEqual(3);
    expect(length).toBeLessThanOrEqual(6);
  },
);

test('the buttons on a row are in its menu too', () => {
  for (const context of CONTEXTS.keys()) {
    const buttons = items.filter(({ group, when }) => group.startsWith('inline') && isShown(when, context));
    expect(buttons.length).toBeLessThanOrEqual(3);
    for (const { command } of buttons) expect(commandsIn(context)).toContain(command);
  }
});

test('the first button of a failure is what helps against it, and asking again is always one', () => {
  for (const remedy of remedies) {
    const buttons = items
      .filter(({ group, when }) => group.startsWith('inline') && isShown(when, `failure ${remedy}`))
      .map(({ command }) => command);
    expect(buttons).toEqual([...new Set([REMEDY_COMMANDS[remedy], REMEDY_COMMANDS.tryAgain])]);
  }
});

const PROBLEMS: Readonly<Record<CredentialsProblem, FailureRemedy>> = {
  'sso-login': 'signIn',
  'console-login': 'signIn',
  mfa: 'signIn',
  expired: 'signIn',
  'no-such-profile': 'editConfig',
  rejected: 'editConfig',
  other: 'editConfig',
};

test.each<[Failure, FailureRemedy]>([
  ...Object.entries(PROBLEMS).map(([problem, remedy]): [Failure, FailureRemedy] => [
    { kind: 'credentials', problem: problem as CredentialsProblem, profile: 'p', message: '' },
    remedy,
  ]),
  [awsFailure({ reason: 'service-ended' }), 'changeRegion'],
  [awsFailure({ reason: 'network', name: 'ENOTFOUND' }), 'changeRegion'],
  [awsFailure({ reason: 'network', name: 'ECONNREFUSED' }), 'tryAgain'],
  [awsFailure({ reason: 'access-denied' }), 'tryAgain'],
  [{ kind: 'unexpected', message: '' }, 'tryAgain'],
])('%j is helped by %s, and in the sandbox by asking again', (failure, remedy) => {
  expect(failureRemedy(failure, 'profile')).toBe(remedy);
  expect(failureRemedy(failure, 'sandbox')).toBe('tryAgain');
});

test('offers nothing that no row can have', () => {
  const contexts = [...CONTEXTS.keys()];
  const all = [...items, ...MORE];
  const dead = all.filter(({ when }) => !contexts.some((context) => isShown(when, context)));
  expect(dead).toEqual([]);
  // A pattern that names a kind which is no more would go unseen beside those that are.
  const named = all.flatMap(({ when }) =>
    [...when.matchAll(/\/\^\(?([\w| .*$-]+)/g)].flatMap(([, names = '']) =>
      names.split('|').map((name) => name.split(' ')[0] ?? ''),
    ),
  );
  expect(named.filter((name) => !([...kinds, ...notices] as readonly string[]).includes(name))).toEqual([]);
});

test('is the menu of one view alone', () => {
  const all = contributes.menus['view/item/context'] ?? [];
  expect(items.length + itemsOf('slipway.operations').length).toBe(all.length);
});
