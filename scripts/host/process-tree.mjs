// Ends a process together with everything that it started, and nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A process, told apart from a later one that was given the same number.
 * @typedef {{ readonly pid: number, readonly startedAt: string }} ProcessId
 */

/** @typedef {{ readonly id: ProcessId, readonly parent: number, readonly group: number, readonly command: string }} RunningProcess */

/**
 * Reads /proc: elsewhere than on Linux no process is found, and only the child itself is ended.
 * @returns {RunningProcess[]}
 */
export function runningProcesses() {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readProcess(Number(name)) ?? []);
  } catch {
    return [];
  }
}

/** @param {number} pid */
function readProcess(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name, may hold spaces and brackets: the rest follows its last bracket.
    const [state, parent, group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { id: { pid, startedAt: rest[16] ?? '' }, parent: Number(parent), group: Number(group), command };
  } catch {
    return undefined; // it ended while being read
  }
}

/**
 * @param {number} root
 * @returns {ProcessId[]} All that descend from `root` or are in the process group that it leads, without it.
 */
export function descendantsOf(root) {
  const all = runningProcesses();
  const found = new Set([root]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const { id, parent, group } of all) if (found.has(parent) || group === root) found.add(id.pid);
  }
  found.delete(root);
  return all.filter(({ id }) => found.has(id.pid)).map(({ id }) => id);
}

/**
 * Finds also what has lost its parent: a desktop window, a program that somebody started in its terminal.
 * @param {string} mark Something that only the wanted processes have in their environment or command line.
 * @returns {RunningProcess[]} Without this process itself.
 */
export function processesMarked(mark) {
  return runningProcesses().filter(
    ({ id, command }) =>
      id.pid !== process.pid && (command.includes(mark) || environmentOf(id.pid).includes(mark)),
  );
}

/** @param {number} pid */
function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return ''; // another user's, or it ended
  }
}

/** @param {ProcessId} id */
export function isRunning({ pid, startedAt }) {
  return readProcess(pid)?.id.startedAt === startedAt;
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * Asks the child to end, waits, and kills what is left of it and of its descendants after that.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} [patience] Milliseconds between asking and killing.
 */
export async function endTree(child, patience = 5000) {
  const { pid } = child;
  if (pid === undefined) return;
  const descendants = descendantsOf(pid);
  const alive = () => child.exitCode === null && child.signalCode === null;
  if (alive()) send(pid, 'SIGTERM');
  for (let waited = 0; waited < patience && (alive() || descendants.some(isRunning)); waited += 50)
    await delay(50);
  if (alive()) child.kill('SIGKILL');
  killAll(descendants);
}

/** @param {readonly ProcessId[]} processes */
export function killAll(processes) {
  for (const each of processes.filter(isRunning)) send(each.pid, 'SIGKILL');
}
