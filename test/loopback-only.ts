/**
 * Fails a test during which anything, in the test itself or in a Node program that it started, tried to reach
 * another host. Also hides the AWS accounts of whoever runs the tests. A set-up file of vitest.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';

const guard = join(import.meta.dirname, 'loopback-only.cjs');
const folder = mkdtempSync(join(tmpdir(), 'slipway-test-'));
const record = join(folder, 'record');

for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
Object.assign(process.env, {
  AWS_CONFIG_FILE: join(folder, 'no-config'),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
  SLIPWAY_LOOPBACK_RECORD: record,
  NODE_OPTIONS: `--require ${JSON.stringify(guard)}`,
});
createRequire(import.meta.url)(guard);

function failOnRecord(): void {
  if (!existsSync(record)) return;
  const attempts = readFileSync(record, 'utf8');
  rmSync(record);
  throw new Error(`There was an attempt to reach another host:\n${attempts}`);
}

afterEach(failOnRecord);
afterAll(() => {
  failOnRecord();
  rmSync(folder, { recursive: true, force: true });
});
