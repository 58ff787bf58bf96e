/** Shows errors and results: each in a notification of its own, with buttons that help. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Failure, failureOf } from '../model/failure';
import { causeLines, failureLine, type Log } from './log';
import { loginOf, runLogin } from './login';
import { type MessageLevel, showMessage } from './message';
import { failureWords } from './messages/failure';

/** A button under a notification. */
export interface Remedy {
  readonly label: string;
  run(): unknown;
}

/** A notification of VS Code has room for three labels. With three remedies there is no button for the log. */
const MOST_BUTTONS = 3;

export class Notifier {
  constructor(private readonly log: Log) {}

  /** The sentences for a failure. */
  words(failure: Failure): string {
    return failureWords(failure);
  }

  /**
   * Shows a thrown failure as "Could not <what>. <why>". A cancellation is silent. Resolves when the
   * notification is gone and the remedy that the user chose, if any, has run.
   * @param what a verb and its object: `read the cluster rdb-1`.
   */
  async failed(what: string, thrown: unknown, remedies: readonly Remedy[] = []): Promise<void> {
    const failure = failureOf(thrown);
    if (failure.kind === 'cancelled') return;
    this.log.error(`${what}: ${failureLine(failure)}`);
    for (const line of causeLines(thrown)) this.log.error(line);
    await this.show(
      'error',
      l10n.t('Could not {0}. {1}', { 0: what, 1: this.words(failure) }),
      this.withLog([...this.loginRemedies(failure), ...trustRemedies(failure), ...remedies]),
    );
  }

  /** Shows an error for which nothing was thrown; see {@link failed} for thrown errors. */
  async error(message: string, remedies: readonly Remedy[] = []): Promise<void> {
    this.log.error(message);
    await this.show('error', message, this.withLog(remedies));
  }

  async succeeded(message: string, remedies: readonly Remedy[] = []): Promise<void> {
    this.log.info(message);
    await this.show('information', message, this.withLog(remedies));
  }

  async warn(message: string, remedies: readonly Remedy[] = []): Promise<void> {
    this.log.warn(message);
    await this.show('warning', message, this.withLog(remedies));
  }

  /** Adds a last button that shows the log, unless the labels of the buttons would then be cut off. */
  private withLog(remedies: readonly Remedy[]): readonly Remedy[] {
    if (remedies.length >= MOST_BUTTONS) return remedies;
    return [...remedies, { label: l10n.t('Show Log'), run: () => this.log.show() }];
  }

  /** A button that opens a terminal with the login command, if the failure is that the user is not logged in. */
  private loginRemedies(failure: Failure): readonly Remedy[] {
    const login = loginOf(failure);
    if (login === undefined) return [];
    const run = (): Promise<void> =>
      runLogin(login).catch((thrown: unknown) => this.failed(l10n.t('sign in'), thrown));
    return [{ label: l10n.t('Sign In'), run }];
  }

  protected async show(level: MessageLevel, message: string, remedies: readonly Remedy[]): Promise<void> {
    const labels = remedies.map(({ label }) => label);
    const chosen = await showMessage(level, message, labels);
    await remedies.find(({ label }) => label === chosen)?.run();
  }
}

/**
 * A button that opens VS Code's page about workspace trust, if the failure is that the workspace is not
 * trusted.
 */
function trustRemedies(failure: Failure): readonly Remedy[] {
  if (failure.kind !== 'refused' || failure.code !== 'workspace-not-trusted') return [];
  return [
    {
      label: l10n.t('Manage Workspace Trust'),
      run: () => vscode.commands.executeCommand('workbench.trust.manage'),
    },
  ];
}
