/** The AWS files as files: where they lie, and what of them is refused whole, by file and line. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { failureWords } from '../../src/view/messages/failure';
import { keysOf, OpenedProfiles } from './open-profiles';

const at = new OpenedProfiles();

describe('a file', () => {
  it.each([
    ['[profile p]\nregion = a\n[profile p]\n', 3, 'section-twice'],
    ['[profile p]\nregion = a\nREGION: b\n', 3, 'key-twice'],
    ['# note\nregion = a\n', 2, 'no-section'],
    ['\u{feff}[default]\nregion = a\n', 1, 'byte-order-mark'],
    ['[default]\nregion\n', 2, 'no-setting'],
    ['[default]\n= a\n', 2, 'no-setting'],
    ['[default\nregion = a\n', 1, 'no-section'],
    ['[default]\n[]\n', 2, 'no-setting'],
    ['[default]\ns3 =\n  a = b\n\n  # note\n  c\n', 6, 'no-setting-in-block'],
    ['[default]\r\nregion = a\r\nregion = b\r\n', 3, 'key-twice'],
    ['[default]\rregion = a\rregion = b\r', 3, 'key-twice'],
    [Buffer.from('[default]\nregion = \xe4\n', 'latin1'), 2, 'not-utf-8'],
    [Buffer.from('\ufeff[default]\r\nregion = a\r\n', 'utf16le'), 1, 'not-utf-8'],
  ])('that botocore refuses is refused by line: %j', async (text, line, problem) => {
    await at.open({});
    for (const kind of ['config', 'credentials']) {
      await at.opened.profiles({});
      const file = join(at.opened.folder, kind);
      await writeFile(file, text);
      const expected = { kind: 'refused', code: 'profile-file-unreadable', facts: { file, line, problem } };
      expect(await at.opened.aws.profiles(true).then(String, failureOf)).toMatchObject(expected);
      expect(await at.failureOfAsking('p')).toMatchObject(expected);
      const words = failureWords(failureOf(await at.opened.aws.profiles(true).catch((thrown) => thrown)));
      expect(words).toContain(`Line ${line} of ${file}: `);
    }
  });

  it('is refused without a word of a secret in it', async () => {
    const line = 'aws_secret_access_key s3cr3t=\n';
    await at.open({ credentials: `[p]\n${line}${line}` });
    const failure = await at.failureOfAsking('p');
    expect(failure).toMatchObject({ facts: { line: 3, about: 'aws_secret_access_key' } });
    expect(JSON.stringify(failure)).not.toContain('s3cr3t');
  });

  it.each(['missing', 'folder', 'empty'])('that is %s says nothing', async (what) => {
    await at.open({ credentials: `[p]\n${keysOf('K')}` });
    const file = join(at.opened.folder, what);
    if (what === 'folder') await mkdir(file);
    if (what === 'empty') await writeFile(file, '');
    process.env['AWS_CONFIG_FILE'] = file;
    expect(await at.names()).toEqual(['p']);
  });

  it('is found through ~ and variables; an empty variable names none', async () => {
    await at.open({}, { env: { PLACE: 'sub' } });
    await mkdir(join(at.opened.folder, 'sub'));
    await writeFile(join(at.opened.folder, 'sub', 'file'), '[profile p]\n');
    for (const [path, found] of [
      ['~/sub/file', ['p']],
      ['$HOME/sub/file', ['p']],
      [`\${HOME}/\${PLACE}/file`, ['p']],
      ['$NOWHERE/file', []],
      ['', []],
    ] as const) {
      process.env['AWS_CONFIG_FILE'] = path;
      expect(await at.names(), path).toEqual(found);
    }
    delete process.env['PLACE'];
  });

  it('lies in ~/.aws where no variable is set', async () => {
    await at.open({});
    delete process.env['AWS_CONFIG_FILE'];
    delete process.env['AWS_SHARED_CREDENTIALS_FILE'];
    await mkdir(join(at.opened.folder, '.aws'));
    await writeFile(join(at.opened.folder, '.aws', 'config'), '[profile c]\n');
    await writeFile(join(at.opened.folder, '.aws', 'credentials'), '[k]\n');
    expect(await at.names()).toEqual(['c', 'k']);
  });
});
