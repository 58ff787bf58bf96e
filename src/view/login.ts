/** Login by the AWS CLI in a terminal, where the user sees the questions and links of the CLI. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Failure } from '../model/failure';
import { refuse } from './messages/refusals/commands';

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
 * Runs the login in a terminal. Resolves when the AWS CLI has ended well, or when the user has closed the
 * terminal; the caller does not learn which of the two.
 * @throws the refusal `login-failed` if the AWS CLI failed. VS Code then closes the terminal as well, so
 * the user can no longer read there what the AWS CLI said.
 */
export function runLogin(login: Login): Promise<void> {
  const terminal = vscode.window.createTerminal({
    name: l10n.t('AWS login'),
    shellPath: 'aws',
    shellArgs: [...login],
  });
  return new Promise((resolve, reject) => {
    const listening = vscode.window.onDidCloseTerminal((closed) => {
      if (closed !== terminal) return;
      listening.dispose();
      // If there is no exit code, the user has closed the terminal.
      const exitCode = closed.exitStatus?.code ?? 0;
      if (exitCode === 0) resolve();
      else reject(refuse('login-failed', { command: ['aws', ...login].join(' '), exitCode }));
    });
    terminal.show();
  });
}
