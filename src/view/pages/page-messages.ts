/** The messages between a page and the extension. Each side checks what it receives. */

import { present } from '../../model/present';
import { type LogState, readLogState, readToLog, type ToLog } from './log-messages';

/** A message from the extension to its page. */
export type ToPage =
  /** The new content of the page, as HTML that the `html` folder has made. */
  { readonly type: 'content'; readonly html: string } | ToLog;

/** A message from a page to the extension. */
export type FromPage =
  /**
   * The page's script has begun to run, or found that lines of the log are missing: earlier messages may have
   * been lost.
   */
  { readonly type: 'ready' } | { readonly type: 'press'; readonly button: string };

/** The state of a page that VS Code keeps over a reload of the window. */
export interface PageState {
  /** The key of the page, in a form that only the extension reads. */
  readonly page: string;
  /** For sections that can be folded, by their ids: true if the section is open. */
  readonly folds: Readonly<Record<string, boolean>>;
  /** Scroll position in pixels from the top. */
  readonly top: number;
  /** Present for a page that shows a log. */
  readonly log?: LogState;
}

/**
 * The maximum length, in characters, of a button's id or a page's key. The extension never makes a longer
 * one.
 */
const LONGEST = 2_000;

/** Reads a message from a page; undefined for anything else. */
export function readFromPage(said: unknown): FromPage | undefined {
  if (!isRecord(said)) return undefined;
  if (said['type'] === 'ready') return { type: 'ready' };
  const button = said['button'];
  return said['type'] === 'press' && isShort(button) ? { type: 'press', button } : undefined;
}

/** Reads a message from the extension; undefined for anything else. */
export function readToPage(said: unknown): ToPage | undefined {
  if (!isRecord(said)) return undefined;
  if (said['type'] !== 'content') return readToLog(said);
  const html = said['html'];
  return typeof html === 'string' ? { type: 'content', html } : undefined;
}

/** Reads the state that VS Code kept for a page; undefined if the state is not usable. */
export function readPageState(kept: unknown): PageState | undefined {
  if (!isRecord(kept)) return undefined;
  const { page, folds, top } = kept as { page?: unknown; folds?: unknown; top?: unknown };
  const log = readLogState(kept['log']);
  if (!isShort(page) || !isRecord(folds)) return undefined;
  const known = Object.entries(folds).filter(
    (entry): entry is [string, boolean] => typeof entry[1] === 'boolean',
  );
  return {
    page,
    folds: Object.fromEntries(known),
    top: typeof top === 'number' && top > 0 ? top : 0,
    ...present({ log }),
  };
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= LONGEST;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
