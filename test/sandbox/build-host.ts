/** Builds the program of host.ts, once before all tests that start sandboxes. */
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { writeWhole } from '../../scripts/build/output.mjs';
import { esbuildOptions, PROGRAMS } from '../../scripts/build/programs.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const HOST_PROGRAM = join(ROOT, 'out/test/sandbox-host.cjs');

/** As the sandbox is shipped, but for what starts it. */
export async function buildSandboxHost(): Promise<void> {
  const sandbox = PROGRAMS.find(({ name }) => name === 'sandbox');
  if (!sandbox) throw new Error('the build has no sandbox');
  const source = join(import.meta.dirname, 'host.ts');
  const { outputFiles } = await build(esbuildOptions({ ...sandbox, source }, ROOT, false));
  for (const { contents } of outputFiles) writeWhole(HOST_PROGRAM, contents);
}
