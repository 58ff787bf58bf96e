/** Login by the AWS CLI in a terminal, where the user sees the questions and links of the CLI. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Failure } from '../model/failure';

/** The arguments with which the AWS CLI logs the user in. */
export type Login = readonly string[];

/** The login that would mend the failure; undefined where no login would. */
export function loginOf(failure: Failure): Login | undefined {
  if (failure.kind !== 'credentials' || failure.profile === undefined) return undefined;
  switch (failure.problem) {
    case 'sso-login':
      return ['sso', 'login', '--profile', failure.profile];
    case 'console-login':
      return ['login', '--profile', failure.profile];
    default:
      return undefined;
  }
}

/**
 * Runs the login in a terminal. Resolves when the terminal is closed: it closes by itself after a successful
 * login, and stays open after a failed one.
 */
export function runLogin(login: Login): Promise<void> {
  const terminal = vscode.window.createTerminal({
    name: l10n.t('AWS login'),
    shellPath: 'aws',
    shellArgs: [...login],
  });
  return new Promise((resolve) => {
    const listening = vscode.window.onDidCloseTerminal((closed) => {
      if (closed !== terminal) return;
      listening.dispose();
      resolve();
    });
    terminal.show();
  });
}
