/**
 * Reads, writes and removes the address file, through which all windows of a user find the same sandbox, and
 * provides the lock that a process holds while it starts a sandbox or removes the file.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONTROL_PREFIX, TOKEN_HEADER } from './control';
import { integer, isRecord, structure, text, type Value, type Violation } from './shapes';

const shape = structure(
  {
    v: integer({ min: 1, max: 1 }),
    url: text({ pattern: 'http://127\\.0\\.0\\.1:\\d+' }),
    port: integer({ min: 1, max: 65_535 }),
    pid: integer({ min: 1 }),
    accessKeyId: text(),
    secretAccessKey: text(),
    controlToken: text(),
    region: text(),
    startedAt: text(),
    kubeconfig: text(),
  },
  ['v', 'url', 'port', 'pid', 'accessKeyId', 'secretAccessKey', 'controlToken', 'region', 'startedAt'],
);

/**
 * Content of the address file: the sandbox's address and process id, the keys to sign requests with, and the
 * token for the control plane. Only the user who started the sandbox may read the file.
 */
export type SandboxAddress = Value<typeof shape>;

/**
 * The sandbox's address from the file `path`. Undefined unless this sandbox is alive: its process exists, and
 * the sandbox accepts the file's token.
 */
export async function livingSandbox(path: string): Promise<SandboxAddress | undefined> {
  const address = await readAddress(path);
  if (!address || !isProcess(address.pid)) return undefined;
  try {
    const response = await fetch(`${address.url}${CONTROL_PREFIX}ping`, {
      headers: { [TOKEN_HEADER]: address.controlToken },
      signal: AbortSignal.timeout(2_000),
    });
    return response.ok ? address : undefined;
  } catch {
    // Within 2 seconds, nothing answers at the address, or the answer is not HTTP.
    return undefined;
  }
}

/** Replaces the file as a whole: a reader sees the earlier text or the new one, never a part. */
export async function writeAddress(path: string, address: SandboxAddress): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(address, undefined, 2)}\n`, { flag: 'wx', mode: 0o600 });
  await rename(draft, path);
}

/**
 * Removes the file if it still holds the address `own`.
 * @throws as {@link alone}
 */
export async function removeAddress(path: string, own: SandboxAddress): Promise<void> {
  if ((await readAddress(path)) === undefined) return;
  await alone(path, async () => {
    const address = await readAddress(path);
    if (address?.controlToken === own.controlToken) await rm(path, { force: true });
  });
}

/**
 * Runs `work` while no other work for the same file runs, in any process. The lock of a process that died is
 * removed.
 * @throws if the lock cannot be taken within 30 seconds; errors of `work`
 */
export async function alone<T>(path: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const lock = `${path}.lock`;
  const deadline = performance.now() + 30_000;
  while (!(await taken(lock))) {
    if (performance.now() > deadline)
      throw new Error(`Another sandbox is being started; its lock is ${lock}`);
    await breakDead(lock);
    await sleep(20);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** After this many milliseconds, a lock file without the name of a process belongs to a process that died. */
const UNNAMED_MS = 5_000;

/**
 * Removes the lock of a process that died. Takes a second lock while doing so: otherwise two processes could
 * remove each other's new locks. If the second lock belongs to a process that died, removes only the second
 * lock; the next call can then remove the first.
 */
async function breakDead(lock: string): Promise<void> {
  const holder = await readText(lock);
  if (holder === undefined) return;
  const [pid, id = 'unnamed'] = holder.split(' ');
  // A process may have died between creating the file and writing its name into it.
  if (holder === '' ? (await ageOf(lock)) < UNNAMED_MS : isProcess(Number(pid))) return;
  const breaker = `${lock}.${id}`;
  if (!(await taken(breaker))) {
    await breakDead(breaker);
    return;
  }
  if ((await readText(lock)) === holder) await rm(lock, { force: true });
  await rm(breaker, { force: true });
}

/** Milliseconds since the file was written; 0 if it is gone. */
async function ageOf(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}

async function taken(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, `${process.pid} ${randomUUID()}`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function readAddress(path: string): Promise<SandboxAddress | undefined> {
  const written = await readText(path);
  if (written === undefined) return undefined;
  const found: Violation[] = [];
  try {
    return shape.read(JSON.parse(written), '', found);
  } catch {
    // Not JSON, so no sandbox has written the file.
    return undefined;
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return isRecord(error) ? error['code'] : undefined;
}
