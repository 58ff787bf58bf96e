/** The sandbox's program: started apart from this process, which it outlives, and only ever reached over loopback. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { refused } from '../model/failure';

/** What the sandbox writes about itself, readable for its user alone. */
export interface SandboxAddress {
  readonly url: string;
  readonly pid: number;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly controlToken: string;
  readonly region: string;
}

/** The address in the file; undefined when no sandbox wrote a whole one. */
export async function readAddress(file: string): Promise<SandboxAddress | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return addressIn(text);
}

function addressIn(text: string): SandboxAddress | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Cut off or not ours: as good as no file.
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

/** Asks the sandbox's control plane. False when nobody answers there, or somebody who does not know the token. */
export async function control(
  { url, controlToken }: SandboxAddress,
  method: 'GET' | 'POST',
  path: 'ping' | 'heartbeat',
): Promise<boolean> {
  try {
    const { ok } = await fetch(new URL(`/_sandbox/${path}`, url), {
      method,
      headers: { 'x-sandbox-token': controlToken },
      redirect: 'error',
      signal: AbortSignal.timeout(2_000),
    });
    return ok;
  } catch {
    return false;
  }
}

export interface SandboxProgram {
  readonly file: string;
  readonly program: string;
  readonly nodePath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Starts the program. It does nothing where a sandbox runs already, so two windows may start it at once.
 * Resolves when it is over, which a sandbox that serves is not; rejects when it ended with an error.
 */
export function startProgram({ file, program, nodePath, env }: SandboxProgram): Promise<void> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const log = `${file}.log`;
  const output = openSync(log, 'a', 0o600);
  try {
    const args = [program, '--file', file, '--idle-minutes', '15', '--port', '0', '--quiet'];
    const stdio = ['ignore', 'ignore', output] as const;
    const child = spawn(nodePath, args, {
      detached: true,
      windowsHide: true,
      stdio: [...stdio],
      env: own(env),
    });
    child.unref();
    return new Promise((resolve, reject) => {
      child.once('error', (cause) => reject(refused('sandbox-not-started', { program: nodePath }, cause)));
      child.once('exit', (code, signal) => {
        if (code === 0) resolve();
        else reject(refused('sandbox-not-started', { code, signal, said: endOf(log) }));
      });
    });
  } finally {
    closeSync(output);
  }
}

/** The sandbox is a program of its own: it gets no AWS credentials, and nothing that is meant for the editor. */
function own(env: SandboxProgram['env']): Record<string, string | undefined> {
  const passed = Object.entries(env).filter(
    ([name]) => !/^(AWS_|VSCODE_|ELECTRON_|NODE_OPTIONS$)/i.test(name),
  );
  const asNode = process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' };
  return { ...Object.fromEntries(passed), ...asNode };
}

function endOf(log: string): string {
  return readFileSync(log, 'utf8').slice(-2_000);
}
