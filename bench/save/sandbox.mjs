// Starts the sandbox for a benchmark: the shipped program, simulated time standing still, no latency.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** @param {string} program @param {string} file Where it writes its address. */
export async function startSandbox(program, file) {
  const flags = [
    '--file',
    file,
    '--idle-minutes',
    '10',
    '--scale',
    '0',
    '--latency',
    '0',
    '--region',
    'us-east-1',
  ];
  const child = spawn(process.execPath, [program, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  // The file is whole before the first line is printed.
  await Promise.race([once(child.stdout, 'data'), ended]);
  if (child.exitCode !== null) throw new Error(`the sandbox ended at its start, with code ${child.exitCode}`);
  const {
    url,
    region,
    controlToken: token,
    accessKeyId,
    secretAccessKey,
  } = JSON.parse(readFileSync(file, 'utf8'));
  return {
    file,
    task: { url, token, region, credentials: { accessKeyId, secretAccessKey } },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/**
 * The sandbox's control plane, as far as a benchmark needs it.
 * @param {{ url: string, token: string }} address
 */
export function controlOf({ url, token }) {
  const ask = async (
    /** @type {string} */ method,
    /** @type {string} */ path,
    /** @type {unknown} */ body,
  ) => {
    const headers = { 'x-sandbox-token': token };
    const response = await fetch(`${url}/_sandbox/${path}`, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return /** @type {Promise<any>} */ (response.json());
  };
  return {
    /** Lets simulated milliseconds pass at once. @param {number} ms */
    advance: (ms) => ask('POST', 'clock', { advance: ms }),
    forget: () => ask('DELETE', 'requests', undefined),
    /** @returns {Promise<readonly string[]>} The operations that were asked for, in order. */
    operations: async () =>
      (await ask('GET', 'requests', undefined)).requests.map((/** @type {any} */ { operation }) => operation),
  };
}
