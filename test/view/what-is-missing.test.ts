/** Where something is missing, the view says what, and has the button that helps. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { connectionCommands } from '../../src/commands/connection';
import { type Connection, connectionOf } from '../../src/model/connection';
import { watchMissing } from '../../src/view/context-keys';
import { noticeRow } from '../../src/view/resources/notices';
import { contributes, TEXTS } from './menu-items';
import { ScriptedPrompts } from './scripted-prompts';
import { commands, EventEmitter, Uri, workspace } from './window-stand-in';

const PROFILE = connectionOf({ kind: 'profile', profile: 'prod' }, 'us-east-2');
const SANDBOX = connectionOf({ kind: 'sandbox' }, 'us-east-2');

interface Welcome {
  readonly view: string;
  readonly contents: string;
}

test('each welcome has a button for what it names, and each button is a command that there is', () => {
  const { viewsWelcome } = contributes as unknown as { readonly viewsWelcome: readonly Welcome[] };
  const OF_VSCODE = ['workbench.trust.manage', 'vscode.openFolder'];
  const buttons = new Map(
    viewsWelcome.map(({ view, contents }) => {
      const text = TEXTS[contents.replaceAll('%', '')] ?? '';
      return [
        contents,
        { view, commands: [...text.matchAll(/\]\(command:([\w.]+)\)/g)].map(([, id]) => id) },
      ];
    }),
  );
  const known = [...contributes.commands.map(({ command }) => command), ...OF_VSCODE];
  for (const { commands } of buttons.values()) for (const id of commands) expect(known).toContain(id);
  expect(buttons.get('%welcome.noTrust%')?.commands).toEqual(['workbench.trust.manage']);
  expect(buttons.get('%welcome.noFolder%')?.commands).toEqual(['vscode.openFolder']);
  expect(buttons.get('%welcome.resources%')?.commands).toEqual([
    'slipway.connection.openSandbox',
    'slipway.connection.add',
    'slipway.walkthrough.open',
  ]);
});

test('what is missing is said by what Slipway knows, now and when it changes: VS Code does not know it at the start', () => {
  const { views } = contributes as unknown as {
    readonly views: { readonly slipway: readonly { id: string; when?: string }[] };
  };
  expect(views.slipway.find(({ id }) => id === 'slipway.missing')?.when).toBe('slipway.missing');
  const granted = new EventEmitter<void>();
  const moved = new EventEmitter<void>();
  const told: unknown[] = [];
  const before = { ...workspace };
  onTestFinished(() => {
    vi.restoreAllMocks();
    Object.assign(workspace, before);
    Reflect.deleteProperty(workspace, 'onDidGrantWorkspaceTrust');
    Reflect.deleteProperty(workspace, 'onDidChangeWorkspaceFolders');
  });
  vi.spyOn(commands, 'executeCommand').mockImplementation(async (_command, ...args) => void told.push(args));
  Object.assign(workspace, {
    isTrusted: false,
    workspaceFolders: [],
    onDidGrantWorkspaceTrust: granted.event,
    onDidChangeWorkspaceFolders: moved.event,
  });
  watchMissing();
  Object.assign(workspace, { isTrusted: true });
  granted.fire();
  Object.assign(workspace, { workspaceFolders: [{ uri: Uri.file('/code'), name: 'code', index: 0 }] });
  moved.fire();
  Object.assign(workspace, { isTrusted: false });
  granted.fire();
  expect(told).toEqual([true, true, false, true].map((isMissing) => ['slipway.missing', isMissing]));
});

test.each<[string, Connection, 'kdb' | 'eks', string, string]>([
  ['a profile', PROFILE, 'kdb', 'No kdb environments in us-east-2', 'empty region'],
  ['a profile', PROFILE, 'eks', 'No EKS clusters in us-east-2', 'empty region'],
  ['the sandbox', SANDBOX, 'kdb', 'No kdb environments in us-east-2', 'empty'],
])('a region of %s that holds nothing is named, and can be changed where another may hold it', (...given) => {
  const [, connection, kind, label, context] = given;
  const parent = { kind: 'connection' as const, id: connection.id, connection };
  const row = noticeRow({ kind: 'empty', id: 'e', parent: { kind, id: 'f', parent } } as never);
  expect([row.label, row.contextValue]).toEqual([label, context]);
});

const ROWS = [
  'Set up a profile of IAM Identity Center',
  'Set up a profile with access keys',
  'Edit the AWS config file',
  'Try the sandbox, which needs no account',
];

test('without any profile, adding one leads to what makes one, or to the sandbox', async () => {
  const prompts = new ScriptedPrompts([
    { to: 'Choose a profile of your AWS config files', say: 'Try the sandbox, which needs no account' },
  ]);
  const added: Connection[] = [];
  const revealed: (string | undefined)[] = [];
  const commands = connectionCommands({
    prompts,
    store: { all: () => added, add: async (connection: Connection) => void added.push(connection) } as never,
    loadAws: async () =>
      ({ profiles: async () => [], session: () => Promise.reject(new Error('none')) }) as never,
    reveal: async (id) => void revealed.push(id),
  });
  await commands['slipway.connection.add']();
  prompts.expectDone();
  expect(prompts.lists[0]?.rows).toEqual(ROWS);
  expect(added.map(({ source }) => source.kind)).toEqual(['sandbox']);
  await commands['slipway.connection.openSandbox']();
  // The keyboard moves to the row of the first connection alone.
  expect(revealed).toEqual([added[0]?.id, undefined]);
});
