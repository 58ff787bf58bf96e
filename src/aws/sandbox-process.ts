/**
 * Starts the sandbox's program as a process that outlives this one, and sends requests to it, only over
 * loopback.
 */
import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { dirname } from 'node:path';
import type { Facts } from '../model/json';
import { allowedNumber } from '../model/settings';

/** The content of the file that the sandbox writes about itself. Only the sandbox's user can read the file. */
export interface SandboxAddress {
  readonly url: string;
  readonly pid: number;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly controlToken: string;
  readonly region: string;
}

/**
 * The sandbox's address in the file; undefined if there is no file, or if the file holds no complete
 * address on loopback.
 */
export async function readAddress(file: string): Promise<SandboxAddress | undefined> {
  const text = await readText(file);
  return text === undefined ? undefined : addressIn(text);
}

function addressIn(text: string): SandboxAddress | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // A file that is cut off, or that the sandbox did not write, counts as missing.
    return undefined;
  }
  const found = (parsed ?? {}) as Readonly<Record<string, unknown>>;
  const { v, url, pid, accessKeyId, secretAccessKey, controlToken, region } = found;
  if (v !== 1 || typeof pid !== 'number' || typeof url !== 'string' || !isLoopback(url)) return undefined;
  if (typeof accessKeyId !== 'string' || typeof secretAccessKey !== 'string') return undefined;
  if (typeof controlToken !== 'string' || typeof region !== 'string') return undefined;
  return { url, pid, accessKeyId, secretAccessKey, controlToken, region };
}

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

/** Milliseconds within which a busy sandbox has to answer; a sandbox that has ended refuses the connection at once. */
const PATIENCE_MS = 15_000;

/**
 * Sends a request to the sandbox's control plane. Resolves with false if no program answers, or if the program
 * that answers is not the sandbox.
 */
export function control(
  { url, controlToken }: SandboxAddress,
  method: 'GET' | 'POST',
  path: 'ping' | 'heartbeat',
): Promise<boolean> {
  return new Promise((resolve) => {
    // Not with fetch: in VS Code, the first fetch reads all certificates of the system, which loopback does not need.
    const asked = request(new URL(`/_sandbox/${path}`, url), {
      method,
      headers: { 'x-sandbox-token': controlToken },
      // The connection is not kept open: the sandbox may close a kept connection just when it is used again.
      agent: false,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    asked.once('response', (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once('error', () => resolve(false));
    asked.end();
  });
}

export interface SandboxProgram {
  readonly file: string;
  readonly program: string;
  readonly nodePath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Minutes without a request after which the sandbox ends; the setting's default when absent. Read at each start. */
  readonly idleMinutes?: () => number;
}

/** How the program ended, or why it could not be started; undefined while it runs. */
export type Ending = () => Facts | undefined;

/**
 * Starts the program. The program ends by itself if a sandbox is already running, so two windows may start it
 * at once.
 */
export async function startProgram({
  file,
  program,
  nodePath,
  env,
  idleMinutes,
}: SandboxProgram): Promise<Ending> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const output = await open(logOf(file), 'a', 0o600);
  try {
    const idle = allowedNumber('sandbox.idleMinutes', idleMinutes?.());
    const args = [program, '--file', file, '--idle-minutes', `${idle}`, '--port', '0', '--quiet'];
    const child = spawn(nodePath, args, {
      detached: true,
      windowsHide: true,
      cwd: dirname(file),
      stdio: ['ignore', 'ignore', output.fd],
      env: own(env),
    });
    child.unref();
    let ending: Facts | undefined;
    child.once('error', ({ message }) => {
      ending = { program: nodePath, message };
    });
    child.once('exit', (code, signal) => {
      ending = { code, signal };
    });
    return () => ending;
  } finally {
    await output.close();
  }
}

/** The end of the program's log, at most 2,000 characters; empty if there is no log. */
export async function lastWords(file: string): Promise<string> {
  const written = await readText(logOf(file));
  return (written ?? '').slice(-2_000).trim();
}

function logOf(file: string): string {
  return `${file}.log`;
}

/**
 * The environment of the sandbox's program: `env` without the variables of AWS, which may be credentials,
 * and without those that are meant for the editor. If this process is Electron, a further variable makes
 * it run the program as Node.
 */
function own(env: SandboxProgram['env']): Record<string, string | undefined> {
  const passed = Object.entries(env).filter(
    ([name]) => !/^(AWS_|VSCODE_|ELECTRON_|NODE_OPTIONS$)/i.test(name),
  );
  const asNode = process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' };
  return { ...Object.fromEntries(passed), ...asNode };
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
