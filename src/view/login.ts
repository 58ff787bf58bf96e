/** Login by the AWS CLI in a terminal, where the user sees the questions and links of the CLI. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Failure } from '../model/failure';

/** The arguments of the AWS CLI command that logs the user in or sets up a profile. */
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
 * Runs the login in a terminal. Resolves when the terminal is closed, whether by VS Code when the AWS CLI has
 * ended, or by the user. Does not tell whether the login succeeded.
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
