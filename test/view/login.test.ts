/** A login in a terminal: what its end means, and what the user is told when it failed. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import { failed, failureOf } from '../../src/model/failure';
import type { Log } from '../../src/view/log';
import { runLogin } from '../../src/view/login';
import { Notifier } from '../../src/view/notify';
import { EventEmitter } from './window-stand-in';

const LOGIN = ['sso', 'login', '--profile', 'dev'];

/** As VS Code's: once it is closed it has an exit status, without a code if the user closed it. */
interface Terminal {
  exitStatus?: { readonly code: number | undefined };
  show(): void;
}

let closed: EventEmitter<Terminal>;
let terminals: Terminal[];

beforeEach(() => {
  closed = new EventEmitter();
  terminals = [];
  Object.assign(vscode.window, {
    onDidCloseTerminal: closed.event,
    createTerminal: () => {
      const terminal: Terminal = { show: () => undefined };
      terminals.push(terminal);
      return terminal;
    },
  });
});

// The stand-in for the window is other tests' too.
afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(vscode.window, 'onDidCloseTerminal');
  Reflect.deleteProperty(vscode.window, 'createTerminal');
});

function close(terminal: Terminal | undefined, code: number | undefined): void {
  if (terminal === undefined) throw new Error('no terminal was opened');
  terminal.exitStatus = { code };
  closed.fire(terminal);
}

test.each([0, undefined])('is over when its terminal closes with exit code %s', async (code) => {
  const login = runLogin(LOGIN);
  close({ show: () => undefined }, 1);
  close(terminals[0], code);
  await expect(login).resolves.toBeUndefined();
});

test('has failed when its terminal closes with another exit code', async () => {
  const login = runLogin(LOGIN);
  close(terminals[0], 255);
  expect(failureOf(await login.catch((thrown: unknown) => thrown))).toEqual({
    kind: 'refused',
    code: 'login-failed',
    facts: { command: 'aws sso login --profile dev', exitCode: 255 },
  });
});

test('that a notification offered, and that failed, is told', async () => {
  const clicks = ['Sign In'];
  const error = vi
    .spyOn(vscode.window, 'showErrorMessage')
    .mockImplementation(async () => clicks.shift() as never);
  const notify = new Notifier({ error: () => undefined } as unknown as Log);
  const told = notify.failed(
    'read the cluster',
    failed({ kind: 'credentials', problem: 'sso-login', profile: 'dev', message: '' }),
  );
  await vi.waitFor(() => expect(terminals.length).toBe(1));
  close(terminals[0], 1);
  await told;
  expect(error.mock.lastCall?.[0]).toBe(
    'Could not sign in. "aws sso login --profile dev" ended with exit code 1. Run it in a terminal to see why.',
  );
});
