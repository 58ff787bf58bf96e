/** Builds, once before all tests, the programs of dist/ that tests start as they will be shipped, and the tests' own. */
import { resolve } from 'node:path';
import { buildOnce } from '../scripts/build/build.mjs';
import { buildSandboxHost } from './sandbox/build-host';

export default async function buildPrograms(): Promise<void> {
  await Promise.all([
    buildOnce({ root: resolve(import.meta.dirname, '..'), only: ['pack-worker', 'sandbox'] }),
    buildSandboxHost(),
  ]);
}
