// Runs a command to its end, showing what it prints.
import { spawn } from 'node:child_process';
import { endTree } from '../host/process-tree.mjs';

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal }} [where] `signal` ends it.
 * @throws When it cannot be started, is ended, or does not end with 0.
 */
export async function run(command, args, { cwd = process.cwd(), env = {}, signal } = {}) {
  await new Promise((resolved, rejected) => {
    signal?.throwIfAborted();
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    signal?.addEventListener('abort', () => void endTree(child), { once: true });
    child.once('error', rejected);
    child.once('close', (code, signal) => {
      if (code === 0) resolved(undefined);
      else rejected(new Error(`${command} ${args.join(' ')}: ended with ${code ?? signal}`));
    });
  });
}
