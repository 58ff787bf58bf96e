/** The page of a single read: the result, its time, and the buttons that read again. */
import * as l10n from '@vscode/l10n';
import { present, presentItems } from '../../../model/present';
import { beside, time } from '../cells';
import type { Cell, Finding, Page, PageButton, Section } from '../page';

/** The result of the read. */
export interface ReadContent {
  readonly about?: readonly Cell[];
  readonly state: Page['state'];
  /** Buttons in addition to those that every page of a read has. */
  readonly buttons?: readonly PageButton[];
  readonly sections: readonly Section[];
}

/** Why something could not be read, in sentences. */
export interface Unread {
  readonly why: string;
  readonly canSignIn: boolean;
}

export interface ShownRead {
  /** The kind of read; the page shows it above the heading. */
  readonly kind: string;
  /** The label of the thing that was read. */
  readonly heading: string;
  /** The label of the connection. */
  readonly connection: string;
  /** The last result, with its time in epoch milliseconds; absent before the first read. */
  readonly read?: { readonly content: ReadContent; readonly at: number };
  readonly isReading: boolean;
  /** Why the last read failed. */
  readonly failure?: Unread;
}

export const READ_BUTTON = { refresh: 'refresh', tryAgain: 'try-again', signIn: 'sign-in' } as const;

/** @param now epoch milliseconds */
export function readPage(
  { kind, heading, connection, read, isReading, failure }: ShownRead,
  now: number,
): Page {
  const content = read?.content;
  return {
    kind,
    heading,
    about: presentItems(
      connection,
      ...(content?.about ?? []),
      read && beside(l10n.t('read'), time(read.at, now)),
      isReading && read ? l10n.t('reading…') : undefined,
    ),
    state: content?.state ?? unreadState(failure),
    notices: failure ? [unreadNotice(failure, read && readBeforeWords())] : [],
    buttons: [
      ...(content?.buttons ?? []),
      {
        id: READ_BUTTON.refresh,
        label: l10n.t('Refresh'),
        ...present({ off: isReading ? l10n.t('It is being read now.') : undefined }),
      },
    ],
    sections: content?.sections ?? [],
  };
}

function unreadState(failure: Unread | undefined): Page['state'] {
  return failure
    ? { tone: 'error', text: l10n.t('Cannot be read now') }
    : { tone: 'running', text: l10n.t('Reading…') };
}

/** The help text of a notice above the result of an earlier read. */
export function readBeforeWords(): string {
  return l10n.t('What stands here was read before.');
}

export function unreadNotice({ why, canSignIn }: Unread, help?: string): Finding {
  return {
    tone: 'error',
    verdict: l10n.t('Not read'),
    title: why,
    ...present({ help }),
    buttons: presentItems(canSignIn ? { id: READ_BUTTON.signIn, label: l10n.t('Sign In') } : undefined, {
      id: READ_BUTTON.tryAgain,
      label: l10n.t('Try Again'),
    }),
  };
}
