// The environment of everything that a test run starts: no other host, no AWS account, no home of whoever runs it.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const GUARD = join(import.meta.dirname, 'loopback-only.cjs');

/**
 * @param {string} folder An empty folder, which stands for the home.
 * @param {string} record File in which the guard writes down each attempt to reach another host.
 * @returns {Record<string, string | undefined>} Changes to process.env; undefined takes a variable away.
 */
export function guardedEnvironment(folder, record) {
  const accounts = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(accounts.map((name) => [name, undefined])),
    AWS_CONFIG_FILE: join(folder, '.aws/config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, '.aws/credentials'),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', // each test process would print it
    HOME: folder,
    SLIPWAY_LOOPBACK_RECORD: record,
    NODE_OPTIONS: `--require ${JSON.stringify(GUARD)}`,
  };
}

/**
 * Takes away what the guard wrote down since the last call.
 * @param {string} record The same file.
 * @throws When there was any attempt to reach another host, naming each.
 */
export function failOnAttempts(record) {
  if (!existsSync(record)) return;
  const attempts = readFileSync(record, 'utf8');
  rmSync(record);
  throw new Error(`There was an attempt to reach another host:\n${attempts}`);
}
