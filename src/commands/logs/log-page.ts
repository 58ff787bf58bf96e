/** The page of any log: opened by a command, or restored after a reload of the window. */
import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { Clock } from '../../model/clock';
import type { LogSource } from '../../model/log-source';
import type { ReadOnlyDocuments } from '../../view/documents/read-only';
import { loginOf, runLogin } from '../../view/login';
import type { Notifier } from '../../view/notify';
import {
  addedLines,
  allLines,
  LOG_BUTTON,
  type LogReading,
  type LogSubject,
  linesText,
  logPage,
} from '../../view/pages/logs/log-page';
import type { PageKey } from '../../view/pages/page-key';
import type { Pages, ShownPage } from '../../view/pages/panels';
import { FollowedLog, type FollowState } from './followed-log';

export interface LogPageDeps {
  readonly pages: Pick<Pages, 'refresh' | 'post' | 'show' | 'reveal'>;
  readonly documents: ReadOnlyDocuments;
  readonly notify: Notifier;
  readonly clock: Clock;
}

/** A log that can be shown. */
export interface OpenedLog extends LogSubject {
  readonly key: PageKey;
  /** The title of the tab: `eq-rdb logs`. */
  readonly title: string;
  readonly source: LogSource;
}

/** Shows the page of a log. If the log already has a page, that page is shown, and continues where it was. */
export async function openLog(log: OpenedLog, deps: LogPageDeps): Promise<void> {
  if (!deps.pages.reveal(log.key)) await deps.pages.show(logShown(log, deps));
}

/** The page of a log. The log is read only while the page is on the screen. */
export function logShown(log: OpenedLog, deps: LogPageDeps): ShownPage {
  const { pages, notify, documents, clock } = deps;
  const { key, title } = log;
  const run = randomUUID();
  const followed = new FollowedLog(log.source, clock, {
    added: (lines) => pages.post(key, addedLines(lines, followed.lines, followed.state)),
    changed: () => {
      pages.refresh(key);
      if (followed.state.kind === 'ended') pages.post(key, addedLines([], followed.lines, followed.state));
    },
  });
  return {
    key,
    title,
    content: () => logPage(log, readingOf(followed.state, notify), followed.lines),
    greeting: () => [allLines(log, run, followed.lines, followed.state)],
    visible: (isVisible) => (isVisible ? followed.start() : followed.stop()),
    press: async (button) => {
      if (button === LOG_BUTTON.tryAgain) followed.tryAgain();
      if (button === LOG_BUTTON.text)
        await documents.showText(`${title.replaceAll('/', '·')}.log`, () => linesText(followed.lines));
      const login = followed.state.kind === 'failed' ? loginOf(followed.state.failure) : undefined;
      if (button !== LOG_BUTTON.signIn || login === undefined) return;
      await runLogin(login);
      followed.tryAgain();
    },
    closed: () => followed.stop(),
  };
}

export function logTitle(label: string): string {
  return l10n.t('{0} logs', { 0: label });
}

function readingOf(state: FollowState, notify: LogPageDeps['notify']): LogReading {
  if (state.kind !== 'failed') return state;
  const { failure } = state;
  return { kind: 'failed', why: notify.words(failure), canSignIn: loginOf(failure) !== undefined };
}
