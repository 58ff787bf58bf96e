/** The log channel: every request, every failure with its cause, never a secret. */
import type * as vscode from 'vscode';
import type { Failure } from '../model/failure';

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  show(): void;
}

export function logOf(channel: vscode.LogOutputChannel): Log {
  return {
    debug: (message) => channel.debug(message),
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message) => channel.error(message),
    show: () => channel.show(true),
  };
}

/** A failure as one line of the log, with all that AWS said. */
export function failureLine(failure: Failure): string {
  return JSON.stringify(failure);
}

/** The chain of causes of a thrown error, one per line. */
export function causeLines(thrown: unknown): readonly string[] {
  const lines: string[] = [];
  let at = thrown;
  while (at instanceof Error && lines.length < 8) {
    lines.push(at.stack ?? `${at.name}: ${at.message}`);
    at = at.cause;
  }
  return lines;
}
