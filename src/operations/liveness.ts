/**
 * Finds out whether the process that wrote a ledger file still runs, to distinguish a reloaded window from a
 * running one. If a running window were taken for an ended one, nothing would be sent twice, but the running
 * window's work would be declared interrupted.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { randomName } from './ids';
import { fileErrorCode } from './problems';

/**
 * Milliseconds: a process touches its ledger file every `HEARTBEAT_MS`. A process that cannot be observed
 * counts as gone after `SILENT_MS` without a touch.
 */
export const HEARTBEAT_MS = 10_000;
const SILENT_MS = 6 * HEARTBEAT_MS;

/** Replaces the start time in a writer's name where /proc does not show it. */
const START_UNSEEN = '0';

/** A name that no other process ever has: `<pid>-<start>-<host>-<random>`, in the characters `[0-9a-z-]`. */
export function writerName(): string {
  const start = startOf(procText('self/stat')) ?? START_UNSEEN;
  return [process.pid, start, host(), randomName()].join('-');
}

/**
 * Returns true if the process has certainly ended. Where this cannot be observed (another machine or
 * container; without /proc, also a process id that is in use), returns true if the process gave no sign of
 * life for `silentMs`. `lastSignAt` and `now`: epoch milliseconds.
 */
export async function isGone(
  writer: string,
  lastSignAt: number,
  now: number,
  silentMs = SILENT_MS,
): Promise<boolean> {
  switch (await processState(writer)) {
    case 'gone':
      return true;
    case 'alive':
      return false;
    case 'unclear':
      return now - lastSignAt > silentMs;
  }
}

async function processState(writer: string): Promise<'gone' | 'alive' | 'unclear'> {
  const [pid, start, where] = writer.split('-');
  if (pid === undefined || !/^\d+$/.test(pid) || where !== host()) return 'unclear';
  try {
    if (start !== START_UNSEEN) {
      return startOf(await readFile(`/proc/${pid}/stat`, 'utf8')) === start ? 'alive' : 'gone';
    }
    process.kill(Number(pid), 0);
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === 'ENOENT' || code === 'ESRCH') return 'gone';
  }
  // The process id may belong to another process now.
  return 'unclear';
}

/**
 * When the process started, in clock ticks since boot; undefined for a process that has ended and only waits
 * to be reaped, and for an empty `stat`.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function startOf(stat: string): string | undefined {
  // The name in parentheses may itself contain spaces and parentheses; state is field 3, starttime field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

/**
 * A short hash that differs where the same process id may mean another process: on another machine, in
 * another container, and after a reboot. Without /proc, it depends on the host name alone.
 */
function host(): string {
  const parts = [hostname(), procText('sys/kernel/random/boot_id'), procLink('self/ns/pid')];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8);
}

/** The text of a file in /proc; empty where there is no /proc: macOS, Windows, some containers. */
function procText(name: string): string {
  try {
    return readFileSync(`/proc/${name}`, 'utf8');
  } catch {
    return '';
  }
}

function procLink(name: string): string {
  try {
    return readlinkSync(`/proc/${name}`);
  } catch {
    return '';
  }
}
