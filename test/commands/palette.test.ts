/** What the palette lists makes sense alone: it begins with a verb, is there once, and needs no row. */
import { expect, test } from 'vitest';
import { attentionCommands } from '../../src/commands/attention';
import { codeCommands } from '../../src/commands/code/commands';
import { connectionCommands } from '../../src/commands/connection';
import { showMenu } from '../../src/commands/menu';
import { nodegroupCommands } from '../../src/commands/nodegroup/commands';
import { operationCommands } from '../../src/commands/operations';
import { resourceCommands } from '../../src/commands/resources';
import { signInCommands } from '../../src/commands/sign-in';
import { connectionOf } from '../../src/model/connection';
import { COMMAND_IDS, type CommandHandlers, type CommandId } from '../../src/view/command-ids';
import { LEFT, type Prompts } from '../../src/view/wizard/prompts';
import { contributes, TEXTS } from '../view/menu-items';

const hidden = new Set(
  (contributes.menus['commandPalette'] ?? [])
    .filter(({ when }) => when === 'false')
    .map(({ command }) => command),
);
const listed = COMMAND_IDS.filter((id) => !hidden.has(id));

function titleOf(id: CommandId): string {
  const { title } = contributes.commands.find(({ command }) => command === id) ?? { title: '' };
  return TEXTS[title.replaceAll('%', '')] ?? '';
}

/** First words of titles. */
const VERBS = new Set(
  'Add Ask Change Check Compare Copy Deploy Edit End Export Filter Follow Go Keep Load Open Plan Refresh Remove Roll Save Show Sign Stop Switch Try Update'.split(
    ' ',
  ),
);

test('every title begins with a verb, and no two are the same', () => {
  const titles = COMMAND_IDS.map(titleOf);
  expect(titles.filter((title) => !VERBS.has(title.split(' ')[0] ?? ''))).toEqual([]);
  expect(titles).toEqual([...new Set(titles)]);
});

test('the palette names each object, and hides what is about a row alone', () => {
  const bare = listed.map(titleOf).filter((title) => title.replace('…', '').split(' ').length < 2);
  expect(bare).toEqual([]);
  expect([...hidden].filter((id) => !COMMAND_IDS.includes(id as CommandId))).toEqual([]);
});

/** Whether the palette lists a title for what is typed: each word begins one of the title's, in order. */
function fits(typed: string, title: string): boolean {
  const words = title.toLowerCase().split(' ');
  return typed
    .toLowerCase()
    .split(' ')
    .every((word) => {
      const at = words.findIndex((one) => one.startsWith(word));
      words.splice(0, at + 1);
      return at >= 0;
    });
}

test('whoever types a title and Enter gets that command, and none that stands above it in the alphabet', () => {
  const titles = listed.map((id) => titleOf(id).replace('…', '')).sort();
  for (const title of titles) expect(titles.find((one) => fits(title, one))).toBe(title);
});

/** The first thing that a command without a row asks or does; the test leaves there. */
async function firstStep(id: CommandId): Promise<string> {
  const asked: string[] = [];
  const ask = (text: string): typeof LEFT => {
    asked.push(text);
    return LEFT;
  };
  const prompts: Prompts = {
    pick: async (_heading, { placeholder }) => ask(placeholder),
    pickMany: async (_heading, { placeholder }) => ask(placeholder),
    input: async (_heading, { prompt }) => ask(prompt),
    wait: async (_heading, words) => ask(words),
  };
  const does = (what: string) => async (): Promise<void> => void asked.push(what);
  const connection = connectionOf({ kind: 'profile', profile: 'p' }, 'us-east-1');
  const store = { all: () => [connection], add: does('adds'), onDidChange: () => undefined };
  const ledger = { operations: () => [] };
  const loadAws = async () => ({
    profiles: async () => [],
    sharedFiles: () => ask('opens the config file') as never,
  });
  const deps = {
    store,
    prompts,
    ledger,
    loadAws,
    notify: { failed: does('fails'), warn: does('warns'), succeeded: does('tells') },
    tree: { shown: {}, show: does('filters') },
    saveTroubles: () => [],
    unseen: { ids: () => [], seen: does('forgets') },
    reveal: does('shows the view'),
    refresh: does('refreshes'),
    prefixes: { of: () => '' },
    drafts: { get: () => undefined },
    picking: { selected: () => undefined, last: { get: () => undefined } },
  } as never;
  const handlers: CommandHandlers = {
    ...connectionCommands(deps),
    ...signInCommands(deps),
    ...resourceCommands({} as never, does('refreshes'), { show: does('shows the log') } as never),
    'slipway.resources.open': does('needs a row'),
    ...attentionCommands({ filter: does('filters') } as never, {} as never),
    ...operationCommands(deps),
    ...codeCommands(deps),
    ...nodegroupCommands(deps),
    'slipway.page.keep': does('keeps the page'),
    'slipway.menu': () => showMenu(deps),
    'slipway.walkthrough.open': does('opens the walkthrough'),
    'slipway.onSave.toggle': does('switches'),
  };
  await handlers[id]().catch((thrown: unknown) => {
    if (asked.length === 0) throw thrown;
  });
  return asked[0] ?? 'nothing';
}

/** Every command that the palette lists, with how it begins there. */
const FIRST: Readonly<Partial<Record<CommandId, string>>> = {
  'slipway.connection.add': 'Choose a profile of your AWS config files',
  'slipway.connection.openSandbox': 'adds',
  'slipway.connection.remove': 'Choose a connection',
  'slipway.connection.signIn': 'Choose a connection',
  'slipway.connection.editConfig': 'opens the config file',
  'slipway.connection.changeRegion': 'Choose a connection',
  'slipway.resources.refresh': 'refreshes',
  'slipway.resources.showAttention': 'filters',
  'slipway.resources.showAll': 'filters',
  'slipway.code.deploy': 'Choose where to; type any part of a name',
  'slipway.code.plan': 'Choose where to; type any part of a name',
  'slipway.code.deployAgain': 'Choose what to deploy again',
  'slipway.code.deploySeveral': 'Choose two or more to deploy to; type any part of a name',
  'slipway.code.compare': 'Choose where to; type any part of a name',
  'slipway.code.history': 'Choose where to; type any part of a name',
  'slipway.code.showLogs': 'Choose where to; type any part of a name',
  'slipway.nodegroup.history': 'Choose a node group; type any part of a name',
  'slipway.nodegroup.checkDrain': 'Choose a node group; type any part of a name',
  'slipway.nodegroup.askDrain': 'Choose a node group; type any part of a name',
  'slipway.eksCluster.copyKubernetesRole': 'Choose an EKS cluster; type any part of a name',
  'slipway.workload.showSnippet': 'Choose an EKS cluster; type any part of a name',
  'slipway.nodegroup.follow': 'Choose a node group; type any part of a name',
  'slipway.eksCluster.readiness': 'Choose an EKS cluster; type any part of a name',
  'slipway.eksCluster.exportReadiness': 'Choose an EKS cluster; type any part of a name',
  'slipway.code.rollBack': 'Choose where to; type any part of a name',
  'slipway.nodegroup.update': 'Choose a node group; type any part of a name',
  'slipway.nodegroup.updateSeveral': 'Choose a connection',
  'slipway.nodegroup.editUpdateSettings': 'Choose a node group; type any part of a name',
  'slipway.operation.goOn': 'Choose an operation',
  'slipway.operation.endBatch': 'Choose an operation',
  'slipway.operation.show': 'Choose an operation',
  'slipway.operations.filter': 'Choose what the view shows',
  'slipway.operations.export': 'Choose a format',
  'slipway.onSave.toggle': 'switches',
  'slipway.page.keep': 'keeps the page',
  'slipway.log.show': 'shows the log',
  'slipway.menu': 'What runs, and what can be done',
  'slipway.walkthrough.open': 'opens the walkthrough',
};

test.each(listed)('%s works without a row', async (id) => {
  expect(await firstStep(id)).toBe(FIRST[id]);
});
