import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AwsSession } from '../../src/aws/contract';
import { keysFailure } from '../../src/aws/credentials/keys-failure';
import { systemClock } from '../../src/model/clock';
import { type Failure, failed, failureOf } from '../../src/model/failure';
import { causeLines, failureLine } from '../../src/view/log';
import { type OpenedAws, openAws } from './open-aws';
import { type Reply, type ScriptedServer, startScriptedServer } from './scripted-server';

const signal = new AbortController().signal;
const ROLE = 'arn:aws:iam::111122223333:role/Deployer';
const DEVICE = 'arn:aws:iam::111122223333:mfa/alice';
const HOUR = 3_600_000;

let eks: ScriptedServer;
let sts: ScriptedServer;
let sso: ScriptedServer;
let opened: OpenedAws | undefined;

beforeEach(async () => {
  [eks, sts, sso] = await Promise.all([startScriptedServer(), startScriptedServer(), startScriptedServer()]);
  eks.answer({ status: 200, body: '{"clusters":[]}' });
});
afterEach(async () => {
  await opened?.close();
  await Promise.all([eks.close(), sts.close(), sso.close()]);
});

/** All services but STS and sign-in are one server. */
async function open(config: string, parts: Parameters<typeof openAws>[0] = {}): Promise<OpenedAws> {
  opened = await openAws({
    ...parts,
    env: {
      AWS_ENDPOINT_URL: eks.url,
      AWS_ENDPOINT_URL_STS: sts.url,
      AWS_ENDPOINT_URL_SSO: sso.url,
      AWS_ENDPOINT_URL_SSO_OIDC: sso.url,
      AWS_ENDPOINT_URL_SIGNIN: sso.url,
      ...parts.env,
    },
  });
  await opened.profiles({ config });
  return opened;
}

const ask = (session: AwsSession, until = signal) => session.interactive.eks.listClusters(undefined, until);

async function failureOfAsking(session: AwsSession): Promise<Failure> {
  return await ask(session).then(
    () => {
      throw new Error('it did not fail');
    },
    (thrown: unknown) => failureOf(thrown),
  );
}

const usedKey = (server: ScriptedServer, at = 0) =>
  /Credential=([^/]+)/.exec(String(server.received[at]?.headers['authorization']))?.[1];

function assumedRole(accessKeyId: string, expiresInMs = HOUR, operation = 'AssumeRole'): Reply {
  const expiration = new Date(Date.now() + expiresInMs).toISOString();
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result><Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expiration}</Expiration></Credentials></${operation}Result></${operation}Response>`,
  };
}

function stsRefuses(code: string, message: string): Reply {
  return {
    status: 403,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  };
}

const BASE = '[profile base]\naws_access_key_id = BASEKEY\naws_secret_access_key = s\n';
const MFA = `${BASE}[profile mfa]\nrole_arn = ${ROLE}\nsource_profile = base\nmfa_serial = ${DEVICE}\n`;

describe('a role', () => {
  it('is taken on once for all services, at the configured STS, with the keys of its source', async () => {
    const { entries, profile } = await open(
      `${BASE}[profile role]\nrole_arn = ${ROLE}\nsource_profile = base\n`,
    );
    sts.answer(assumedRole('ROLEKEY'));
    const session = await profile('role');
    await Promise.all([ask(session), ask(session), session.following.eks.listClusters(undefined, signal)]);
    expect(sts.received).toHaveLength(1);
    expect(usedKey(sts)).toBe('BASEKEY');
    expect(new URLSearchParams(sts.received[0]?.body).get('RoleArn')).toBe(ROLE);
    expect([0, 1, 2].map((at) => usedKey(eks, at))).toEqual(['ROLEKEY', 'ROLEKEY', 'ROLEKEY']);
    expect(entries.filter(({ service }) => service === 'sts')).toMatchObject([
      { operation: 'AssumeRole', resource: ROLE, status: 200 },
    ]);
  });

  it('is taken on anew before it expires, but not again and again when it is short', async () => {
    let later = 0;
    const { profile } = await open(`${BASE}[profile role]\nrole_arn = ${ROLE}\nsource_profile = base\n`, {
      clock: { ...systemClock, now: () => Date.now() + later },
    });
    sts.answer(assumedRole('FIRST'), assumedRole('SHORT', HOUR), assumedRole('LAST', 2 * HOUR));
    const session = await profile('role');
    for (const minutes of [0, 54, 56, 56.5, 58]) {
      later = minutes * 60_000;
      await ask(session);
    }
    const used = [0, 1, 2, 3, 4].map((at) => usedKey(eks, at));
    expect(used).toEqual(['FIRST', 'FIRST', 'SHORT', 'SHORT', 'LAST']);
  });

  it('that is refused is a matter of the credentials', async () => {
    const { profile } = await open(`${BASE}[profile role]\nrole_arn = ${ROLE}\nsource_profile = base\n`);
    sts.answer(stsRefuses('AccessDenied', 'User is not authorized to perform: sts:AssumeRole'));
    expect(await failureOfAsking(await profile('role'))).toEqual({
      kind: 'credentials',
      problem: 'rejected',
      profile: 'role',
      message: 'User is not authorized to perform: sts:AssumeRole',
    });
    expect(eks.received).toHaveLength(0);
  });

  it('that could not be asked for is a matter of the line', async () => {
    const { profile } = await open(`${BASE}[profile role]\nrole_arn = ${ROLE}\nsource_profile = base\n`);
    sts.answer('reset');
    expect(await failureOfAsking(await profile('role'))).toMatchObject({
      kind: 'aws',
      service: 'sts',
      operation: 'AssumeRole',
      reason: 'network',
      passing: true,
    });
    expect(sts.received).toHaveLength(3);
  });
});

describe('a role with a code', () => {
  it('asks once, however many wait', async () => {
    const { asked, profile } = await open(MFA, { mfaCode: async () => '123456' });
    sts.answer(assumedRole('MFAKEY'));
    const session = await profile('mfa');
    await Promise.all(Array.from({ length: 12 }, () => ask(session)));
    expect(asked).toEqual([{ profile: 'mfa', serial: DEVICE }]);
    const sent = new URLSearchParams(sts.received[0]?.body);
    expect([sent.get('SerialNumber'), sent.get('TokenCode')]).toEqual([DEVICE, '123456']);
  });

  it('takes its question back when nobody waits any more, and asks again later', async () => {
    const questions: AbortSignal[] = [];
    const { profile } = await open(MFA, {
      mfaCode: (_, until) => {
        questions.push(until);
        if (questions.length > 1) return Promise.resolve('123456');
        return new Promise((_, reject) => until.addEventListener('abort', () => reject(until.reason)));
      },
    });
    sts.answer(assumedRole('MFAKEY'));
    const session = await profile('mfa');
    const [one, other] = [new AbortController(), new AbortController()];
    const calls = [ask(session, one.signal), ask(session, other.signal)].map((call) => call.catch(failureOf));
    while (questions.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    one.abort();
    expect(await calls[0]).toEqual({ kind: 'cancelled' });
    expect(questions[0]?.aborted).toBe(false);
    other.abort();
    expect(await calls[1]).toEqual({ kind: 'cancelled' });
    expect(questions[0]?.aborted).toBe(true);
    await expect(ask(session)).resolves.toEqual({ items: [] });
  });

  it('is cancelled when the user dismisses the question', async () => {
    const { profile } = await open(MFA, { mfaCode: () => Promise.reject(failed({ kind: 'cancelled' })) });
    expect(await failureOfAsking(await profile('mfa'))).toEqual({ kind: 'cancelled' });
    expect(sts.received).toHaveLength(0);
  });

  it('asks nobody for the sake of following, which uses the keys once they are at hand', async () => {
    const { aws, asked, profile } = await open(MFA, { mfaCode: async () => '123456' });
    sts.answer(assumedRole('MFAKEY'));
    const session = await profile('mfa');
    const follow = () => session.following.eks.listClusters(undefined, signal);
    const whoAmI = () => session.following.identities.whoAmI(signal);
    for (const look of [follow, whoAmI, follow, whoAmI]) {
      expect(await look().catch(failureOf)).toMatchObject({
        kind: 'credentials',
        problem: 'mfa',
        profile: 'mfa',
      });
    }
    expect(asked).toEqual([]);
    await aws.signIn(session.connection, signal);
    expect(asked).toHaveLength(1);
    await follow();
    expect(usedKey(eks)).toBe('MFAKEY');
    expect(asked).toHaveLength(1);
  });

  it('lets following wait for a question of somebody else, but not keep it', async () => {
    const questions: { readonly until: AbortSignal; readonly dismiss: () => void }[] = [];
    const { profile } = await open(MFA, {
      mfaCode: (_, until) =>
        new Promise((_, reject) => {
          until.addEventListener('abort', () => reject(until.reason));
          questions.push({ until, dismiss: () => reject(failed({ kind: 'cancelled' })) });
        }),
    });
    const session = await profile('mfa');
    const asking = async (user: AbortController) => {
      const before = questions.length;
      const asked = ask(session, user.signal).catch(failureOf);
      while (questions.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
      const followed = session.following.eks.listClusters(undefined, signal).catch(failureOf);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { asked, followed };
    };
    const leaving = new AbortController();
    const first = await asking(leaving);
    leaving.abort();
    expect(questions[0]?.until.aborted).toBe(true);
    const second = await asking(new AbortController());
    questions[1]?.dismiss();
    expect(await second.asked).toEqual({ kind: 'cancelled' });
    for (const followed of [await first.followed, await second.followed])
      expect(followed).toMatchObject({ kind: 'credentials', problem: 'mfa' });
    expect(questions).toHaveLength(2);
  });

  it('says when the code was wrong', async () => {
    const { profile } = await open(MFA, { mfaCode: async () => '000000' });
    sts.answer(
      stsRefuses('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.'),
    );
    expect(await failureOfAsking(await profile('mfa'))).toMatchObject({
      kind: 'credentials',
      problem: 'mfa',
      profile: 'mfa',
    });
  });

  it('does not ask when the keys that it is taken on with are not to be had', async () => {
    const config = `[profile desk]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = R\n[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://x/start\n[profile mfa]\nrole_arn = ${ROLE}\nsource_profile = desk\nmfa_serial = ${DEVICE}\n`;
    const { asked, profile } = await open(config, { mfaCode: async () => '123456' });
    expect(await failureOfAsking(await profile('mfa'))).toMatchObject({
      problem: 'sso-login',
      profile: 'mfa',
    });
    expect(asked).toEqual([]);
  });
});

describe('single sign-on', () => {
  const DESK =
    '[profile desk]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = KdbOperator\n[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n';

  async function writeToken(folder: string, token: object): Promise<void> {
    const name = `${createHash('sha1').update('corp').digest('hex')}.json`;
    const file = join(folder, '.aws', 'sso', 'cache', name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(token));
  }

  it('asks to log in when nobody has', async () => {
    const { profile } = await open(DESK);
    expect(await failureOfAsking(await profile('desk'))).toMatchObject({
      kind: 'credentials',
      problem: 'sso-login',
      profile: 'desk',
    });
  });

  it('asks to log in when the session has expired and cannot be renewed', async () => {
    const { profile, folder } = await open(DESK);
    await writeToken(folder, { accessToken: 'old', expiresAt: new Date(Date.now() - HOUR).toISOString() });
    expect(await failureOfAsking(await profile('desk'))).toMatchObject({ problem: 'sso-login' });
  });

  it('asks to log in when the portal does not know the session, and works after that without more ado', async () => {
    const { profile, folder } = await open(DESK);
    const expiresAt = new Date(Date.now() + HOUR).toISOString();
    await writeToken(folder, { accessToken: 'revoked', expiresAt });
    sso.answer({
      status: 401,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'UnauthorizedException' },
      body: '{"message":"Session token not found or invalid"}',
    });
    const session = await profile('desk');
    expect(await failureOfAsking(session)).toMatchObject({ problem: 'sso-login' });
    await writeToken(folder, { accessToken: 'fine', expiresAt });
    const roleCredentials = {
      accessKeyId: 'SSOKEY',
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: Date.now() + HOUR,
    };
    sso.answer({ status: 200, body: JSON.stringify({ roleCredentials }) });
    await ask(session);
    expect(usedKey(eks)).toBe('SSOKEY');
    expect(sso.received.at(-1)?.headers['x-amz-sso_bearer_token']).toBe('fine');
  });
});

describe('a console login', () => {
  const LOGIN = `[profile console]\nlogin_session = arn:aws:iam::111122223333:user/alice\nregion = us-east-1\n`;

  it('asks to log in when nobody has', async () => {
    const { profile } = await open(LOGIN);
    expect(await failureOfAsking(await profile('console'))).toMatchObject({
      problem: 'console-login',
      profile: 'console',
    });
  });

  it('asks to log in again when the session is over', async () => {
    const { profile, folder } = await open(LOGIN);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const name = createHash('sha256').update('arn:aws:iam::111122223333:user/alice').digest('hex');
    const file = join(folder, '.aws', 'login', 'cache', `${name}.json`);
    await mkdir(dirname(file), { recursive: true });
    const accessToken = {
      accessKeyId: 'LOGINKEY',
      secretAccessKey: 's',
      sessionToken: 't',
      accountId: '111122223333',
      expiresAt: new Date(Date.now() - HOUR).toISOString(),
    };
    const dpopKey = privateKey.export({ type: 'sec1', format: 'pem' });
    await writeFile(file, JSON.stringify({ accessToken, clientId: 'c', refreshToken: 'r', dpopKey }));
    sso.answer({
      status: 403,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' },
      body: '{"error":"TOKEN_EXPIRED","message":"expired"}',
    });
    expect(await failureOfAsking(await profile('console'))).toMatchObject({ problem: 'console-login' });
  });
});

describe('a process', () => {
  it('gives keys', async () => {
    const keys = JSON.stringify({ Version: 1, AccessKeyId: 'PROCKEY', SecretAccessKey: 's' });
    const { profile } = await open(`[profile proc]\ncredential_process = echo '${keys}'\n`);
    await ask(await profile('proc'));
    expect(usedKey(eks)).toBe('PROCKEY');
  });

  it('that fails is named by its program alone: what it printed may hold a secret of any look', async () => {
    const { profile } = await open(
      '[profile proc]\ncredential_process = /bin/sh -c "echo the vault opens with sesame >&2; exit 3" --password hunter2\n',
    );
    expect(await failureOfAsking(await profile('proc'))).toEqual({
      kind: 'credentials',
      problem: 'other',
      profile: 'proc',
      message:
        'The credential_process of profile proc (sh) failed. Run it in a terminal to read what it says.',
    });
  });

  it('that fails has its command line in none of what the log shows', async () => {
    const { profile } = await open(
      `[profile proc]\ncredential_process = sh -c "echo sealed >&2; exit 3" --password hunter2\n[profile role]\nrole_arn = ${ROLE}\nsource_profile = proc\n`,
    );
    for (const name of ['proc', 'role']) {
      const thrown = await ask(await profile(name)).catch((error: unknown) => error);
      expect(failureOf(thrown)).toMatchObject({ kind: 'credentials' });
      expect(causeLines(thrown)[0]).toContain('(sh) failed');
      expect([failureLine(failureOf(thrown)), ...causeLines(thrown)].join('\n')).not.toMatch(
        /hunter2|sealed/,
      );
    }
  });

  it.each([
    ['"/opt/my tools/vault" read', '(vault)'],
    ['C:\\tools\\vault.exe read', '(vault.exe)'],
    ['PASSWORD=hunter2 vault', 'p failed'],
    ["'a b' hunter2", 'p failed'],
    ['$(hunter2)', 'p failed'],
  ])('is told of %s by no more than the name', (command, told) => {
    const { failure } = keysFailure(new Error(`Command failed: ${command}\nhunter2`), 'p') as unknown as {
      failure: { message: string };
    };
    expect(failure.message).toContain(told);
    expect(failure.message).not.toContain('hunter2');
  });

  it('that fails behind another error is not told with it', () => {
    const command = new Error('Command failed: vault read --password hunter2\nsealed');
    const thrown = keysFailure(
      new Error('no keys', { cause: new Error('no process', { cause: command }) }),
      'p',
    );
    expect(causeLines(thrown).join('\n')).not.toContain('hunter2');
    expect(causeLines(keysFailure(new Error('no keys', { cause: new Error('why') }), 'p'))[2]).toContain(
      'why',
    );
  });

  it('whose keys have expired says so', async () => {
    const keys = JSON.stringify({
      Version: 1,
      AccessKeyId: 'K',
      SecretAccessKey: 's',
      Expiration: '2020-01-01T00:00:00Z',
    });
    const { profile } = await open(`[profile proc]\ncredential_process = echo '${keys}'\n`);
    expect(await failureOfAsking(await profile('proc'))).toMatchObject({ problem: 'expired' });
  });
});

describe('a web identity', () => {
  it('is exchanged for a role, unsigned', async () => {
    const { profile, folder } = await open(
      `[profile pod]\nrole_arn = ${ROLE}\nweb_identity_token_file = TOKEN\nrole_session_name = pod\n`,
    );
    const token = join(folder, 'token');
    await writeFile(token, 'a-token');
    await opened?.profiles({
      config: `[profile pod]\nrole_arn = ${ROLE}\nweb_identity_token_file = ${token}\nrole_session_name = pod\n`,
    });
    sts.answer(assumedRole('PODKEY', HOUR, 'AssumeRoleWithWebIdentity'));
    await ask(await profile('pod'));
    expect(usedKey(eks)).toBe('PODKEY');
    expect(sts.received[0]?.headers['authorization']).toBeUndefined();
    expect(new URLSearchParams(sts.received[0]?.body).get('WebIdentityToken')).toBe('a-token');
  });
});

describe('the environment', () => {
  it('stands in for a default profile that is in no file', async () => {
    const { profile } = await open('', { env: { AWS_ACCESS_KEY_ID: 'ENVKEY', AWS_SECRET_ACCESS_KEY: 's' } });
    await ask(await profile('default'));
    expect(usedKey(eks)).toBe('ENVKEY');
  });

  it('stands in for a default profile that says nothing of credentials', async () => {
    const { profile } = await open('[default]\nregion = eu-west-1\noutput = json\n', {
      env: { AWS_ACCESS_KEY_ID: 'ENVKEY', AWS_SECRET_ACCESS_KEY: 's' },
    });
    await ask(await profile('default'));
    expect(usedKey(eks)).toBe('ENVKEY');
  });

  it.each([
    ['aws_access_key_id = FILEKEY', 'aws_secret_access_key = s'],
    ['role_arn = arn:aws:iam::1:role/R', 'source_profile = nobody'],
    ['role_arn = arn:aws:iam::1:role/R', 'web_identity_token_file = /no/such/token'],
    ['sso_start_url = https://x/start', 'sso_region = us-east-1'],
    ['credential_process = false'],
    ['login_session = arn:aws:iam::111122223333:user/alice'],
  ])('does not where the default profile names its own: %s', async (...lines) => {
    const { profile } = await open(`[default]\nregion = eu-west-1\n${lines.join('\n')}\n`, {
      env: { AWS_ACCESS_KEY_ID: 'ENVKEY', AWS_SECRET_ACCESS_KEY: 's' },
    });
    await ask(await profile('default')).catch(() => undefined);
    expect(usedKey(eks)).not.toBe('ENVKEY');
  });

  it('does not, for another profile or beside a file', async () => {
    const config = '[default]\naws_access_key_id = FILEKEY\naws_secret_access_key = s\n';
    const { profile } = await open(config, {
      env: { AWS_ACCESS_KEY_ID: 'ENVKEY', AWS_SECRET_ACCESS_KEY: 's' },
    });
    await ask(await profile('default'));
    expect(usedKey(eks)).toBe('FILEKEY');
    expect(await failureOfAsking(await profile('other'))).toMatchObject({ problem: 'no-such-profile' });
  });

  it('may name a container’s agent', async () => {
    const { profile } = await open('', { env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${sso.url}/creds` } });
    const Expiration = new Date(Date.now() + HOUR).toISOString();
    const keys = { AccessKeyId: 'BOXKEY', SecretAccessKey: 's', Token: 't', Expiration };
    sso.answer({ status: 200, body: JSON.stringify(keys) });
    await ask(await profile('default'));
    expect(usedKey(eks)).toBe('BOXKEY');
  });

  it('may name a token', async () => {
    const { profile, folder } = await open('', {});
    const token = join(folder, 'token');
    await writeFile(token, 'env-token');
    Object.assign(process.env, { AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ROLE_ARN: ROLE });
    sts.answer(assumedRole('TOKENKEY', HOUR, 'AssumeRoleWithWebIdentity'));
    await ask(await profile('default'));
    expect(usedKey(eks)).toBe('TOKENKEY');
  });
});

describe('keys that AWS refuses', () => {
  const expired: Reply = {
    status: 403,
    headers: { 'x-amzn-errortype': 'ExpiredTokenException' },
    body: '{"message":"The security token included in the request is expired"}',
  };

  it('are read anew for the next request, without a new session', async () => {
    const { profile, profiles } = await open(BASE);
    eks.answer(expired, { status: 200, body: '{"clusters":[]}' });
    const session = await profile('base');
    expect(await failureOfAsking(session)).toMatchObject({ kind: 'credentials', problem: 'expired' });
    await profiles({ config: BASE.replace('BASEKEY', 'NEWKEY') });
    await ask(session);
    expect(usedKey(eks, 1)).toBe('NEWKEY');
  });

  it('and no profile by that name is another matter', async () => {
    const { profile } = await open(BASE);
    expect(await failureOfAsking(await profile('nobody'))).toMatchObject({
      kind: 'credentials',
      problem: 'no-such-profile',
      profile: 'nobody',
    });
  });
});

it('forgets a connection: the next session reads the files as they are', async () => {
  const { aws, profile, profiles } = await open(BASE);
  const before = await profile('base');
  expect(await profile('base')).toBe(before);
  await ask(before);
  await profiles({ config: BASE.replace('BASEKEY', 'NEWKEY') });
  aws.forget(before.connection.id);
  const after = await profile('base');
  expect(after).not.toBe(before);
  await ask(after);
  expect([0, 1].map((at) => usedKey(eks, at))).toEqual(['BASEKEY', 'NEWKEY']);
});

it('asks who somebody is once for each credential', async () => {
  const { profile, profiles } = await open(BASE);
  const identity = (account: string): Reply => ({
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${account}</Account><Arn>arn:aws:iam::${account}:user/a</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  });
  sts.answer(identity('111111111111'), identity('222222222222'));
  const session = await profile('base');
  const who = () => session.interactive.identities.whoAmI(signal);
  const first = { accountId: '111111111111', arn: 'arn:aws:iam::111111111111:user/a' };
  expect(await who()).toEqual(first);
  expect(await session.following.identities.whoAmI(signal)).toEqual(first);
  expect(sts.received).toHaveLength(1);
  eks.answer({ status: 403, headers: { 'x-amzn-errortype': 'UnrecognizedClientException' }, body: '{}' });
  await failureOfAsking(session);
  await profiles({ config: BASE.replace('BASEKEY', 'NEWKEY') });
  expect((await who()).accountId).toBe('222222222222');
});

it('tells the log no secret', async () => {
  const { entries, profile } = await open(MFA, { mfaCode: async () => '987654' });
  sts.answer(assumedRole('MFAKEY'));
  await ask(await profile('mfa'));
  expect(entries.length).toBe(2);
  expect(JSON.stringify(entries)).not.toMatch(/987654|BASEKEY|MFAKEY|secret/i);
});
