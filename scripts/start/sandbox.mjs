// Runs the built sandbox for npm start.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endTree } from '../host/process-tree.mjs';

/**
 * @param {{ root: string, file: string, speed: string, empty: boolean }} request `file`: where it writes its address.
 * @returns {Promise<{ stop: () => Promise<void> }>} Once the file is there.
 */
export async function startSandbox({ root, file, speed, empty }) {
  const flags = ['--port', '0', '--file', file, '--scale', speed, ...(empty ? ['--empty'] : [])];
  const child = spawn(process.execPath, [join(root, 'dist/sandbox.js'), ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // Ctrl+C reaches the owner alone, which then ends it in order
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the sandbox ended (${code})`);
  });
  await Promise.race([once(child.stdout, 'data'), ended]); // its address file is whole before it prints
  ended.catch(() => undefined); // from here on its windows tell when it is gone
  return { stop: () => endTree(child) };
}
