/** Odd AWS files are read as botocore reads them, and no key ever comes from another section. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionSettings } from '../../src/aws/connection-settings';
import { type KeySource, keySourceOf } from '../../src/aws/credentials/key-source';
import { configuredEndpoint } from '../../src/aws/endpoints';
import { type ProfileFiles, readProfileFiles } from '../../src/aws/profile-files';
import type { PlacedSection, Settings } from '../../src/aws/profiles/settings';
import { failureOf } from '../../src/model/failure';

const FIXTURES = join(import.meta.dirname, '../fixtures/profile-files');
const GENERATE = join(FIXTURES, 'generate.py');
const SERVICES = ['eks', 's3', 'logs'] as const;

interface Reading {
  readonly profiles: Readonly<Record<string, object>>;
  readonly sso_sessions: object;
  readonly services: object;
  readonly keys: Readonly<Record<string, unknown>>;
  /** One for each of {@link SERVICES}, or one for all. */
  readonly endpoints: Readonly<Record<string, readonly (string | null)[] | string | null>>;
}
/** The texts of the config and of the credentials file, and what botocore reads; null where it refuses one. */
type Case = readonly [config: string, credentials: string, reading: Reading | null];

const casesOf = (lines: string): readonly Case[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function filesOf(config: string, credentials: string): Promise<ProfileFiles> {
  const env = {
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  };
  await writeFile(env.AWS_CONFIG_FILE, config);
  await writeFile(env.AWS_SHARED_CREDENTIALS_FILE, credentials);
  return await readProfileFiles(env);
}

/** What Slipway gives, or the failure in what it throws. */
function tried<T>(read: () => T): { readonly value: T } | { readonly refusal: unknown } {
  try {
    return { value: read() };
  } catch (thrown) {
    return { refusal: failureOf(thrown) };
  }
}

const plain = (settings: Settings) =>
  Object.fromEntries(
    [...settings].map(([key, { value }]) => [
      key,
      typeof value === 'string' ? value : Object.fromEntries(value),
    ]),
  );
const plainSections = (sections: ReadonlyMap<string, Pick<PlacedSection, 'settings'>>) =>
  Object.fromEntries([...sections].map(([name, { settings }]) => [name, plain(settings)]));

/** A source of keys as the table has it. */
function told(source: KeySource): unknown {
  switch (source.kind) {
    case 'keys': {
      const { accessKeyId, secretAccessKey, sessionToken = null } = source.keys;
      return ['keys', accessKeyId, secretAccessKey, sessionToken];
    }
    case 'role':
      return ['role', source.roleArn, source.mfaSerial ?? null, told(source.from)];
    case 'web-identity':
      return ['web-identity', source.roleArn, source.tokenFile];
    case 'sso': {
      const { session = null, startUrl, region, accountId, roleName } = source;
      return ['sso', session, startUrl, region, accountId, roleName];
    }
    case 'process':
      return ['process', source.command];
    case 'login':
      return ['login', source.session];
    default:
      return [source.kind];
  }
}

/** A refusal that says where: nothing is guessed, and the user finds it. */
const refusal = {
  kind: 'refused',
  facts: { file: expect.stringContaining(folderName()), line: expect.any(Number) },
};
function folderName(): string {
  return 'slipway-files-';
}

interface Tally {
  same: number;
  refused: number;
}

async function compare([config, credentials, reading]: Case, tally: Tally): Promise<void> {
  const about = JSON.stringify({ config, credentials });
  const files = await filesOf(config, credentials).catch((thrown: unknown) => failureOf(thrown));
  if (reading === null || 'kind' in files) {
    expect(reading, about).toBeNull();
    expect(files, about).toMatchObject({ ...refusal, code: 'profile-file-unreadable' });
    return;
  }
  expect(plainSections(files.profiles), about).toEqual(reading.profiles);
  expect(plainSections(files.ssoSessions), about).toEqual(reading.sso_sessions);
  expect(plainSections(files.services), about).toEqual(reading.services);
  for (const name of Object.keys(reading.profiles)) {
    const keys = tried(() => told(keySourceOf(name, files)));
    const theirs = reading.keys[name];
    if ('value' in keys) {
      expect(keys.value, `${about} ${name}`).toEqual(theirs);
      tally.same++;
    } else if (theirs !== null && theirs !== 'error') {
      expect(keys.refusal, `${about} ${name}`).toMatchObject({ ...refusal, code: 'profile-unusable' });
      tally.refused++;
    }
    for (const [index, service] of SERVICES.entries()) {
      const endpoint = tried(
        () => configuredEndpoint(service, connectionSettings(name, files, {}).endpoints) ?? null,
      );
      const all = reading.endpoints[name];
      const expected = Array.isArray(all) ? all[index] : all;
      if ('value' in endpoint) {
        expect(endpoint.value, `${about} ${name} ${service}`).toEqual(expected);
        tally.same++;
      } else if (
        endpoint.refusal instanceof Object &&
        'code' in endpoint.refusal &&
        endpoint.refusal.code === 'endpoint-invalid'
      ) {
        expect(expected, `${about} ${name} ${service}`).not.toMatch(/^https?:\S+$/);
      } else if (expected !== 'error') {
        expect(endpoint.refusal, `${about} ${name} ${service}`).toMatchObject({
          ...refusal,
          code: 'profile-unusable',
        });
        tally.refused++;
      }
    }
  }
}

async function compareAll(cases: readonly Case[]): Promise<void> {
  const tally = { same: 0, refused: 0 };
  for (const one of cases) await compare(one, tally);
  expect(cases.length).toBeGreaterThanOrEqual(300);
  // Refusals are for what is ambiguous, not a way around reading.
  expect(tally.refused).toBeLessThan(tally.same / 4);
}

describe('odd files', () => {
  it('are read as the committed table says, which botocore has filled', async () => {
    await compareAll(casesOf(await readFile(join(FIXTURES, 'readings.jsonl'), 'utf8')));
  });

  it('that nobody has seen are read as botocore reads them here', { timeout: 300_000 }, async (test) => {
    const python = promisify(execFile);
    const found = await python('python3', ['-c', 'import botocore']).then(
      () => true,
      () => false,
    );
    if (!found) return test.skip('there is no python3 with botocore');
    const seed = process.env['SLIPWAY_PROFILE_FILES_SEED'] ?? '2';
    const { stdout } = await python('python3', [GENERATE, seed, '300'], { maxBuffer: 16 * 1024 * 1024 });
    await compareAll(casesOf(stdout));
  });
});
