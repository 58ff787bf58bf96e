/** Where a profile's keys come from by way of other sections: single sign-on and roles. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keysOf, OpenedProfiles } from './open-profiles';

const ROLE = 'arn:aws:iam::111122223333:role/Deployer';

const at = new OpenedProfiles();

describe('single sign-on', () => {
  it.each([
    ['[sso-session "my corp"]', 'my corp'],
    ['[sso-session größe] # note', 'größe'],
    ['[sso-session a[b]]', 'a[b]'],
  ])('finds its session in %s and its token by that name', async (header, session) => {
    await at.open({
      config: `[profile p]\nsso_session = ${session}\nsso_account_id = 1\nsso_role_name = R\nendpoint_url = ${at.server.url}\n${header}\nSSO_Region = us-east-1\nsso_start_url = https://x/start\n`,
    });
    expect(await at.opened.aws.profiles(true)).toMatchObject([{ name: 'p', sso: session }]);
    const cache = join(at.opened.folder, '.aws', 'sso', 'cache');
    await mkdir(cache, { recursive: true });
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const name = `${createHash('sha1').update(session).digest('hex')}.json`;
    await writeFile(join(cache, name), JSON.stringify({ accessToken: 'TOKEN', expiresAt }));
    const roleCredentials = {
      accessKeyId: 'SSOKEY',
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: Date.now() + 3_600_000,
    };
    // Sign-in is asked where the profile says, as everything else.
    at.server.answer(
      { status: 200, body: JSON.stringify({ roleCredentials }) },
      { status: 200, body: '{"clusters":[]}' },
    );
    await at.ask('p');
    expect(at.server.received.map(({ headers }) => headers['x-amz-sso_bearer_token'])).toContain('TOKEN');
    expect(at.usedKey).toBe('SSOKEY');
  });

  it.each([
    ['a session that is not there', 'sso_session = nowhere\n', '', 2, 'no-such-section'],
    [
      'a session without a region',
      'sso_session = s\n',
      '[sso-session s]\nsso_start_url = https://x\n',
      3,
      'missing',
    ],
    [
      'a session that says otherwise',
      'sso_session = s\nsso_region = eu-west-1\n',
      '[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://x\n',
      3,
      'not-the-same',
    ],
  ])('with %s is refused by file and line', async (_, lines, rest, line, problem) => {
    await at.open({ config: `[profile p]\n${lines}sso_account_id = 1\nsso_role_name = R\n${rest}` });
    const failure = await at.failureOfAsking('p');
    expect(failure).toMatchObject({ code: 'profile-unusable', facts: { line, problem } });
  });

  it('goes before keys of the credentials file, as with the AWS CLI', async () => {
    await at.open({
      config: `[profile p]\nsso_account_id = 1\nsso_role_name = R\nsso_start_url = https://x\nsso_region = us-east-1\n`,
      credentials: `[p]\n${keysOf('STALE')}`,
    });
    expect(await at.failureOfAsking('p')).toMatchObject({ kind: 'credentials', problem: 'sso-login' });
  });
});

describe('a role', () => {
  it.each([
    ['two profiles', 'source_profile = b\n', `[profile b]\nrole_arn = ${ROLE}\nsource_profile = a\n`],
    [
      'three profiles',
      'source_profile = b\n',
      `[profile b]\nrole_arn = ${ROLE}\nsource_profile = "c"\n`.replaceAll('"', '') +
        `[profile "c"]\nrole_arn = ${ROLE}\nsource_profile = b\n`,
    ],
    ['itself', 'source_profile = a\n', ''],
  ])('in a circle of %s is refused without asking for a code', async (_, source, rest) => {
    await at.open(
      { config: `[profile a]\nrole_arn = ${ROLE}\nmfa_serial = arn:aws:iam::1:mfa/x\n${source}${rest}` },
      { mfaCode: async () => '123456' },
    );
    const failure = await at.failureOfAsking('a');
    expect(failure).toMatchObject({ code: 'profile-unusable', facts: { problem: 'role-circle' } });
    expect(at.opened.asked).toEqual([]);
    expect(at.opened.entries).toEqual([]);
  });

  it.each([
    [
      'a source that is nowhere',
      'source_profile = nobody\n',
      { kind: 'credentials', problem: 'no-such-profile' },
    ],
    ['no source', '', { kind: 'refused', facts: { line: 2, problem: 'missing' } }],
    [
      'two sources',
      'source_profile = a\ncredential_source = Environment\n',
      { kind: 'refused', facts: { line: 4, problem: 'two-sources' } },
    ],
    [
      'an unknown source',
      'credential_source = Moon\n',
      { kind: 'refused', facts: { line: 4, problem: 'unknown-source' } },
    ],
  ])('with %s is refused without asking for a code', async (_, source, expected) => {
    await at.open(
      { config: `[profile a]\nrole_arn = ${ROLE}\nmfa_serial = arn:aws:iam::1:mfa/x\n${source}` },
      { mfaCode: async () => '123456' },
    );
    expect(await at.failureOfAsking('a')).toMatchObject(expected);
    expect(at.opened.asked).toEqual([]);
  });

  it.each(['my base', '__proto__', 'constructor', 'größe'])(
    'is taken on with the keys of [%s]',
    async (base) => {
      await at.open({
        config: `[profile r]\nrole_arn = ${ROLE}\nsource_profile = ${base}\nendpoint_url = ${at.server.url}\n`,
        credentials: `[${base}]\n${keysOf('BASE')}`,
      });
      at.server.answer(
        { status: 200, headers: { 'content-type': 'text/xml' }, body: ASSUMED },
        { status: 200, body: '{"clusters":[]}' },
      );
      await at.ask('r');
      expect(
        at.server.received.some(({ headers }) =>
          String(headers['authorization']).includes('Credential=BASE/'),
        ),
      ).toBe(true);
      expect(at.usedKey).toBe('ROLEKEY');
    },
  );

  it('may be taken on with keys of its own section, and with those of the environment', async () => {
    const role = `role_arn = ${ROLE}\nendpoint_url = ${at.server.url}\n`;
    await at.open(
      {
        config: `[profile self]\n${keysOf('SELF')}${role}source_profile = self\n[profile env]\n${role}credential_source = Environment\n`,
      },
      { env: { AWS_ACCESS_KEY_ID: 'ENVKEY', AWS_SECRET_ACCESS_KEY: 's' } },
    );
    for (const [profile, key] of [
      ['self', 'SELF'],
      ['env', 'ENVKEY'],
    ] as const) {
      at.server.answer(
        { status: 200, headers: { 'content-type': 'text/xml' }, body: ASSUMED },
        { status: 200, body: '{"clusters":[]}' },
      );
      await at.ask(profile);
      expect(
        at.server.received.some(({ headers }) =>
          String(headers['authorization']).includes(`Credential=${key}/`),
        ),
      ).toBe(true);
    }
  });
});

const ASSUMED = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ROLEKEY</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
