// Runs one command of a test run.
import { spawn } from 'node:child_process';

/**
 * @typedef {object} Ended
 * @property {boolean} well Whether it ended with 0.
 * @property {string} printed What it printed, where that was held back.
 */

/**
 * @param {readonly [string, ...string[]]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, show: boolean }} how `show`: print at once what it prints.
 * @returns {Promise<Ended>}
 */
export function runCommand([program, ...args], { cwd, env, show }) {
  return new Promise((resolved, rejected) => {
    const output = show ? 'inherit' : 'pipe';
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', output, output] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (printed += chunk));
    child.once('error', rejected);
    child.once('close', (code) => resolved({ well: code === 0, printed }));
  });
}
