/** The script that unpacks the code, run by real shells on zips of every kind. */
import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zipOf } from '../../../../src/sandbox/seed/zip';
import { type Ended, runScript, type Volumes, volumes } from './container';
import { type OddEntry, oddZip } from './odd-zip';
import { type Shell, shells } from './shells';
import { smallDisk } from './small-disk';

/** The flag of names in UTF-8. */
const UTF8 = 0x800;
const SHELLS = await shells();
const nameOf = ({ name, missing }: Shell): string =>
  missing === undefined ? name : `${name} (skipped: ${missing})`;

describe.each(SHELLS.map((shell) => [nameOf(shell), shell] as const))('unpack.sh with %s', (_, shell) => {
  let pod: Volumes;
  beforeEach(async () => {
    pod = await volumes();
  });
  afterEach(() => pod.remove());
  const runs = it.skipIf(shell.missing !== undefined);

  async function unpack(zip: Buffer): Promise<Ended> {
    await writeFile(join(pod.work, 'code.zip'), zip);
    return runScript(shell, 'unpack', pod);
  }
  const unpackOdd = (...entries: readonly OddEntry[]): Promise<Ended> => unpack(oddZip(entries));
  const modeOf = async (path: string): Promise<string> =>
    ((await lstat(join(pod.code, path))).mode & 0o7777).toString(8);

  runs('unpacks, also a second time over what was there, and whatever names may hold', async () => {
    const names = ['init.q', 'lib/a b/$(id) *?[x].q', 'lib/\u00fc.q', '-rf', '.hidden/..q'];
    const zip = oddZip(names.map((name) => ({ name, mode: 0o100644, flags: UTF8, data: 'x:1\n' })));
    await mkdir(join(pod.code, 'old'));
    await symlink('/etc', join(pod.code, '.link'));
    for (const time of [1, 2]) {
      expect([time, await unpack(zip)]).toMatchObject([time, { exitCode: 0, message: undefined }]);
      const found = (await readdir(pod.code, { recursive: true, withFileTypes: true })).filter((one) =>
        one.isFile(),
      );
      expect(found.map((one) => join(one.parentPath, one.name).slice(pod.code.length + 1)).sort()).toEqual(
        [...names].sort(),
      );
      expect(await readFile(join(pod.code, 'init.q'), 'utf8')).toBe('x:1\n');
    }
    expect(await readdir(pod.work)).toEqual(['code.zip']);
  });

  runs('empties the folder where no code is set', async () => {
    await writeFile(join(pod.code, 'old.q'), '');
    const { exitCode, message, log } = await runScript(shell, 'unpack', pod);
    expect([exitCode, message, log.trim(), await readdir(pod.code)]).toEqual([
      0,
      undefined,
      'No code is set.',
      [],
    ]);
  });

  runs('lets everyone read, whatever modes the zip has or has not', async () => {
    const ended = await unpackOdd(
      { name: 'none.q' },
      { name: 'dir/', mode: 0o040700 },
      { name: 'dir/secret.q', mode: 0o100600 },
      { name: 'dir/run.sh', mode: 0o104700 },
      { name: 'dir/all.q', mode: 0o100666 },
    );
    expect([ended.exitCode, ended.log]).toMatchObject([0, expect.stringContaining('Unpacked 5 entries')]);
    const modes = ['none.q', 'dir', 'dir/secret.q', 'dir/run.sh', 'dir/all.q'].map(modeOf);
    expect(await Promise.all(modes)).toEqual(['644', '755', '644', '755', '644']);
  });

  const isRoot = process.getuid?.() === 0;
  it.skipIf(shell.missing !== undefined || !isRoot)(
    `unpacks as a user who does not own the volumes${isRoot ? '' : ' (skipped: only root may be another user)'}`,
    async () => {
      const { root, work, code } = pod;
      await writeFile(join(work, 'code.zip'), zipOf({ 'lib/init.q': 'x:1\n' }));
      await chmod(root, 0o755);
      for (const volume of [work, code]) await chmod(volume, 0o777);
      for (const time of [1, 2]) {
        const ended = await runScript(shell, 'unpack', pod, {}, [], 65534);
        expect([time, ended]).toMatchObject([time, { exitCode: 0 }]);
      }
      expect(await readFile(join(code, 'lib/init.q'), 'utf8')).toBe('x:1\n');
    },
  );

  runs('unpacks many files', async () => {
    const names = Array.from({ length: 3000 }, (_each, n) => [`lib/module-${n}/code.q`, `x:${n}\n`]);
    expect(await unpack(zipOf(Object.fromEntries(names)))).toMatchObject({ exitCode: 0 });
    expect(await readFile(join(pod.code, 'lib/module-2999/code.q'), 'utf8')).toBe('x:2999\n');
  });

  runs.each<readonly [string, OddEntry, string]>([
    ['an absolute name', { name: '/etc/x.q' }, 'an absolute name: /etc/x.q'],
    [
      'a name that leads out',
      { name: 'lib/../../x.q' },
      'a name that leads out of the folder: lib/../../x.q',
    ],
    ['a name that is ..', { name: '..' }, 'a name that leads out of the folder: ..'],
    ['an empty part', { name: 'lib//x.q' }, 'a name with an empty part: lib//x.q'],
    ['a backslash', { name: '..\\x.q' }, 'a name with control characters or backslashes: ..\\x.q'],
    ['a line end', { name: 'a\nb.q' }, 'a name with control characters or backslashes: a?b.q'],
    ['no name', { name: '' }, 'a name with control characters or backslashes: '],
    ['a link', { name: 'link', mode: 0o120777, data: '/etc/passwd' }, 'a link: link'],
    ['a pipe', { name: 'pipe', mode: 0o010644 }, 'neither a file nor a folder: pipe'],
    ['a device', { name: 'device', mode: 0o020644 }, 'neither a file nor a folder: device'],
    ['an encrypted file', { name: 'x.q', flags: 1 }, 'an encrypted file: x.q'],
    ['a name twice', { name: 'init.q' }, 'a name that is there twice: init.q'],
    [
      'another name in front of the file',
      { name: 'a.q', localName: 'b.q' },
      'the files in it are not those that its directory names',
    ],
  ])('refuses %s, and leaves nothing', async (_what, entry, why) => {
    const { exitCode, message } = await unpackOdd({ name: 'init.q' }, entry);
    // Info-ZIP finds the other name by itself.
    if (entry.localName === undefined || exitCode === 21)
      expect([exitCode, message]).toEqual([21, `error: the zip is refused: ${why}`]);
    else expect(message).toContain('error: the zip could not be unpacked');
    expect(await readdir(pod.code)).toEqual([]);
    expect(await readdir(pod.work)).toEqual(['code.zip']);
  });

  runs.each<readonly [string, () => Buffer, string]>([
    ['no zip', () => Buffer.from('<html>'), 'the object is no zip'],
    ['an empty object', () => Buffer.alloc(0), 'the object is no zip'],
    ['a torn zip', () => zipOf({ 'init.q': 'x' }).subarray(0, 60), 'the object is no zip'],
    [
      'bytes before it',
      () => Buffer.concat([Buffer.from('#!'), zipOf({ 'init.q': 'x' })]),
      'the zip holds bytes that belong to no file',
    ],
    ['zip64', () => oddZip([{ name: 'init.q' }], { entries: 65535 }), 'the zip is of the kind zip64'],
    ['damaged bytes', () => damaged(zipOf({ 'init.q': 'x'.repeat(1000) })), 'the zip could not be unpacked'],
  ])('refuses %s', async (_what, zip, why) => {
    const { exitCode, message } = await unpack(zip());
    expect(exitCode).toBe(20);
    expect(message).toContain(`error: ${why}`);
    expect(await readdir(pod.code)).toEqual([]);
  });

  runs('takes a zip with a comment', async () => {
    const { exitCode } = await unpack(oddZip([{ name: 'init.q' }], { comment: 'made by a tool' }));
    expect(exitCode).toBe(0);
  });

  const disk = smallDisk();
  const fullDisk = 'missing' in disk ? ` (skipped: ${disk.missing})` : '';
  it.skipIf(shell.missing !== undefined || 'missing' in disk)(
    `says that the disk is full${fullDisk}`,
    async () => {
      if ('missing' in disk) throw new Error(disk.missing);
      const digests = Array.from({ length: 80_000 }, (_each, n) =>
        createHash('md5').update(String(n)).digest('hex'),
      );
      await writeFile(join(pod.work, 'code.zip'), zipOf({ 'big.q': digests.join('') }));
      await disk.with(async (code) => {
        await chmod(code, 0o777);
        const { exitCode, message } = await runScript(shell, 'unpack', { work: pod.work, code });
        expect(exitCode).toBe(15);
        expect(message).toContain('error: no space left for the code in ');
        expect(await readdir(code)).toEqual([]);
      });
    },
  );
});

/** With one byte in the middle of the file's data changed. */
function damaged(zip: Buffer): Buffer {
  const copy = Buffer.from(zip);
  const at = 30 + 'init.q'.length + 4;
  copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at);
  return copy;
}
