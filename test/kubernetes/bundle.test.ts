/** The client as it is shipped: what it weighs, and what is in it. */
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { esbuildOptions, PROGRAMS } from '../../scripts/build/programs.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const KB = 1024;

it('weighs 90 KB at most, and holds nothing but what is Slipway’s own', async () => {
  const program = PROGRAMS.find(({ name }) => name === 'kubernetes');
  if (program === undefined) throw new Error('no program kubernetes is built');
  const { metafile, outputFiles } = await build(esbuildOptions(program, ROOT, false));
  const bytes = outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
  expect(bytes).toBeGreaterThan(10 * KB);
  expect(bytes).toBeLessThanOrEqual(90 * KB);
  expect(Object.keys(metafile.inputs).filter((path) => !path.startsWith('src/'))).toEqual([]);
});
