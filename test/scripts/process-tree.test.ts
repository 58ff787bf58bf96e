import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { descendantsOf, endTree, isRunning, processesMarked } from '../../scripts/host/process-tree.mjs';

/** A program that starts itself again, `depth` deep, and does not end when asked to. */
const STUBBORN = `
  const [depth, mark] = process.argv.slice(1);
  process.on('SIGTERM', () => {});
  if (depth > 0) require('node:child_process').spawn(process.execPath, ['-e', process.env.CODE, depth - 1, mark], { stdio: 'inherit' });
  else console.log('all there');
  setInterval(() => {}, 1000);
`;

async function family(mark: string) {
  const child = spawn(process.execPath, ['-e', STUBBORN, '2', mark], {
    env: { ...process.env, CODE: STUBBORN },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  await once(child.stdout!, 'data');
  return { child, all: [...descendantsOf(child.pid!), ...processesMarked(mark).map(({ id }) => id)] };
}

test('ends a process with all that it started, also what does not end when asked to', async () => {
  const { child, all } = await family(`mark-${process.pid}-tree`);
  expect(all.filter(isRunning).length).toBe(5); // two below the first, and all three by their mark
  await endTree(child, 200);
  await expect.poll(() => all.filter(isRunning)).toEqual([]);
});

test('finds by its mark what has lost its parent', async () => {
  const mark = `mark-${process.pid}-orphan`;
  const { child } = await family(mark);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const orphans = processesMarked(mark);
  expect(orphans.length).toBe(2);
  expect(descendantsOf(child.pid!).length).toBe(2); // still of its group
  await endTree(child, 0);
  await expect.poll(() => processesMarked(mark)).toEqual([]);
});
