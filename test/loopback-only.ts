/**
 * Fails a test during which anything, in the test itself or in a Node program that it started, tried to reach
 * another host. A set-up file of vitest.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { failOnAttempts, guardedEnvironment } from './guarded-environment.mjs';

const home = mkdtempSync(join(tmpdir(), 'slipway-test-'));
for (const [name, value] of Object.entries(guardedEnvironment(home))) {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
createRequire(import.meta.url)('./loopback-only.cjs');

afterEach(() => failOnAttempts(home));
afterAll(() => {
  failOnAttempts(home);
  rmSync(home, { recursive: true, force: true });
});
