/** The log channel: every request, every failure with its cause, never a secret. */
import type * as vscode from 'vscode';
import type { Failure } from '../model/failure';
import type { Json } from '../model/json';
import { masked } from '../model/masked';
import { shortened, visibleLines } from '../model/visible-text';
import { withoutSecrets } from '../model/without-secrets';

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  show(): void;
}

/**
 * The log that writes to the channel; nothing else does. No entry contains a secret or an invisible
 * character, and no line of an entry looks like an entry of its own.
 */
export function logOf(channel: vscode.LogOutputChannel): Log {
  return {
    debug: (message) => channel.debug(logText(message)),
    info: (message) => channel.info(logText(message)),
    warn: (message) => channel.warn(logText(message)),
    error: (message) => channel.error(logText(message)),
    show: () => channel.show(true),
  };
}

const LONGEST_LINE = 4_000;
const MOST_LINES = 100;

/** Lines after the first are indented, so that none of them can be taken for an entry of its own. */
function logText(message: string): string {
  return visibleLines(withoutSecrets(message))
    .slice(0, MOST_LINES)
    .map((line, at) => shortened(at === 0 ? line : `    ${line.trimStart()}`, LONGEST_LINE))
    .join('\n');
}

/**
 * A failure as one line of JSON for the log, with all fields of the failure. Values of command-line
 * arguments are masked: they may be secrets.
 */
export function failureLine(failure: Failure): string {
  return JSON.stringify(masked(failure as unknown as Json));
}

/**
 * The stack of a thrown error, then the stacks of its causes; at most 8 stacks in all. Each item is a whole
 * stack, of several lines. For a thrown value that is no error, its text.
 */
export function causeLines(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error)) return [String(thrown)];
  const lines: string[] = [];
  let at: unknown = thrown;
  while (at instanceof Error && lines.length < 8) {
    lines.push(at.stack ?? `${at.name}: ${at.message}`);
    at = at.cause;
  }
  return lines;
}
