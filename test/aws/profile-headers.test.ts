/** Names and keys as people write them in the AWS files, up to the request that they are signed with. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keysOf, OpenedProfiles } from './open-profiles';

const at = new OpenedProfiles();

describe('a header', () => {
  it.each(['# glued', ' # a comment', ' ; one with [brackets', ' some words', '\t#'])(
    'with "%s" behind it keeps its keys to itself',
    async (behind) => {
      const endpoint = `endpoint_url = ${at.server.url}\n`;
      await at.open({
        config: `[profile one]\n${keysOf('ONE')}${endpoint}[profile two]${behind}\n${keysOf('TWO')}${endpoint}`,
      });
      expect(await at.names()).toEqual(['one', 'two']);
      await at.ask('two');
      expect(at.usedKey).toBe('TWO');
      await at.ask('one');
      expect(at.usedKey).toBe('ONE');
    },
  );

  it.each([
    ['[profile "my prod"]', 'my prod'],
    ["[profile 'my prod']", 'my prod'],
    ['[profile my\\ prod]', 'my prod'],
    ['[profile  prod]', 'prod'],
    ['[profile\tprod]', 'prod'],
    ['[profile größe]', 'größe'],
    ['[profile 東京]', '東京'],
    ['[profile a[b]]', 'a[b]'],
    ['[profile a,b]', 'a,b'],
    ['[profile a=b]', 'a=b'],
    ['[profile a&b]', 'a&b'],
    ['[profile "a #b"]', 'a #b'],
    ['[profile __proto__]', '__proto__'],
    ['[profile constructor]', 'constructor'],
    ['[profile toString]', 'toString'],
    ['[profile hasOwnProperty]', 'hasOwnProperty'],
  ])('%s names a profile that can be used', async (header, name) => {
    await at.open({
      config: `[default]\n${keysOf('D')}${header}\n${keysOf('ODD')}endpoint_url = ${at.server.url}\n`,
    });
    expect([...(await at.names())].sort()).toEqual(['default', name].sort());
    await at.ask(name);
    expect(at.usedKey).toBe('ODD');
  });

  it.each(['my prod', 'größe', '__proto__', 'constructor', 'a[b]', 'profile x'])(
    '[%s] of the credentials file too',
    async (name) => {
      await at.open({
        config: '[default]\nregion = eu-west-1\n',
        credentials: `[${name}] # note\n${keysOf('ODD')}endpoint_url = ${at.server.url}\n`,
      });
      expect([...(await at.names())].sort()).toEqual(['default', name].sort());
      await at.ask(name);
      expect(at.usedKey).toBe('ODD');
    },
  );
});

describe('a key', () => {
  it.each([
    ['in capitals', `AWS_ACCESS_KEY_ID = KEY\nAWS_Secret_Access_Key = s\n`],
    ['with a colon', `aws_access_key_id: KEY\naws_secret_access_key : s\n`],
    ['indented as all are', `  aws_access_key_id = KEY\n  aws_secret_access_key = s\n`],
    ['behind a block with an empty value', `s3 =\n  addressing_style =\n  retries = 3\n${keysOf('KEY')}`],
    ['behind a form feed', `\faws_access_key_id = KEY\n\faws_secret_access_key = s\n`],
  ])('%s is read', async (_, lines) => {
    await at.open({ config: `[profile p]\n${lines}ENDPOINT_URL = ${at.server.url}\n` });
    await at.ask('p');
    expect(at.usedKey).toBe('KEY');
  });

  it.each(['\n', '\r\n', '\r'])('is read with lines that end in %j', async (end) => {
    await at.open({
      config: `[profile p]\n${keysOf('KEY')}endpoint_url = ${at.server.url}\n`.replaceAll('\n', end),
    });
    await at.ask('p');
    expect(at.usedKey).toBe('KEY');
  });

  it('never joins those of another file: the credentials file has all of a set, or none', async () => {
    await at.open({
      config: `[profile p]\n${keysOf('CONFIG')}aws_session_token = OF-CONFIG\nendpoint_url = ${at.server.url}\n[profile half]\n${keysOf('CONFIG')}`,
      credentials: `[p]\n${keysOf('CREDENTIALS')}[half]\naws_access_key_id = HALF\n`,
    });
    await at.ask('p');
    expect(at.usedKey).toBe('CREDENTIALS');
    expect(at.server.received.at(-1)?.headers['x-amz-security-token']).toBeUndefined();
    expect(await at.failureOfAsking('half')).toMatchObject({
      kind: 'refused',
      facts: { file: join(at.opened.folder, 'credentials'), line: 5, key: 'aws_secret_access_key' },
    });
  });

  it('of [DEFAULT] goes to no profile by itself', async () => {
    await at.open({
      config: `[DEFAULT]\n${keysOf('SHARED')}region = eu-west-3\n[profile p]\noutput = json\n`,
    });
    expect(await at.opened.aws.profiles(true)).toMatchObject([{ name: 'p', region: 'eu-west-3' }]);
    expect(await at.failureOfAsking('p')).toMatchObject({
      kind: 'refused',
      facts: { line: 2, key: 'aws_access_key_id', problem: 'of-all-profiles' },
    });
  });

  it.each([
    ['a comment behind', 'aws_access_key_id = K # mine\naws_secret_access_key = s\n', 2, 'comment-behind'],
    ['a line that goes on', 'aws_access_key_id = K\n  aws_secret_access_key = s\n', 2, 'goes-on'],
    ['no value', 'aws_access_key_id =\naws_secret_access_key = s\n', 2, 'empty'],
    ['a block', 'aws_access_key_id = \n  x = K\naws_secret_access_key = s\n', 2, 'block'],
  ])('with %s is refused by file and line', async (_, lines, line, problem) => {
    await at.open({ config: `[profile p]\n${lines}endpoint_url = ${at.server.url}\n` });
    const failure = await at.failureOfAsking('p');
    expect(failure).toMatchObject({
      kind: 'refused',
      code: 'profile-unusable',
      facts: { file: join(at.opened.folder, 'config'), line, problem },
    });
    expect(at.server.received).toEqual([]);
  });
});

describe('two sections for one profile', () => {
  it.each([
    ['[default]', '[profile default]', 'default'],
    ['[profile default]', '[default]', 'default'],
    ['[profile p]', '[profile "p"]', 'p'],
  ])('%s and %s are listed as the last says, and not used', async (one, last, name) => {
    await at.open({
      config: `${one}\nregion = eu-west-1\n${keysOf('ONE')}${last}\nregion = eu-west-2\n${keysOf('LAST')}`,
    });
    expect(await at.opened.aws.profiles(true)).toMatchObject([{ name, region: 'eu-west-2' }]);
    const failure = await at.failureOfAsking(name);
    expect(failure).toMatchObject({ code: 'profile-unusable', facts: { line: 5, problem: 'twice' } });
  });
});
