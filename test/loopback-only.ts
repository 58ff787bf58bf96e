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

// One for all files of the process: what a file has started may still run during the next one, as windows do.
const record = join(tmpdir(), `slipway-loopback-record-${process.pid}`);
const home = mkdtempSync(join(tmpdir(), 'slipway-test-'));
for (const [name, value] of Object.entries(guardedEnvironment(home, record))) {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
createRequire(import.meta.url)('./loopback-only.cjs');

afterEach(() => failOnAttempts(record));
afterAll(() => {
  failOnAttempts(record);
  rmSync(home, { recursive: true, force: true });
});
