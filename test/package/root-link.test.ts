/** A root that a file names is packed only where it really lies below that file, whatever links are on the way. */
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { cancelFlag } from '../../src/package/pack/cancel';
import { findOnDisk } from '../../src/package/pack/find';
import { FolderRules } from '../../src/package/rules/folder-rules';
import { ALWAYS, newPacker, requestFor, temporaryFolder, write } from './fixture';

const packer = newPacker();

/** A workspace folder, a folder beside it whose name begins with the same letters, and one elsewhere. */
function places(): { readonly folder: string; readonly beside: string; readonly home: string } {
  const top = temporaryFolder();
  const [folder, beside, home] = [join(top, 'work'), join(top, 'work-2'), join(top, 'home')];
  write(folder, { 'src/a.q': 'a', 'slipway.json': '{}' });
  write(beside, { 'src/b.q': 'b' });
  write(home, { '.env': 'SECRET=1', 'keys/id.pem': 'key', 'inner/c.q': 'c' });
  return { folder, beside, home };
}

async function outcome(folder: string, root: string, more: object = {}): Promise<unknown> {
  const request = requestFor(join(folder, root), { within: folder, include: ['.env', '*.pem'], ...more });
  try {
    const { file, manifest } = await packer.pack(request, undefined, ALWAYS);
    return file === '' ? 'no zip' : manifest.entries.map(({ path }) => path);
  } catch (thrown) {
    const failure = failureOf(thrown);
    return failure.kind === 'refused' ? failure.code : failure;
  }
}

describe('a root that leads out is refused', () => {
  test('as a link, by a relative and by an absolute path', async () => {
    const { folder, home } = places();
    symlinkSync('../home', join(folder, 'code'));
    symlinkSync(home, join(folder, 'absolute'));
    expect(await outcome(folder, 'code')).toBe('root-leaves-folder');
    expect(await outcome(folder, 'absolute')).toBe('root-leaves-folder');
  });

  test('behind a link on the way to it, and by a link to a link', async () => {
    const { folder } = places();
    symlinkSync('../home', join(folder, 'code'));
    symlinkSync('code', join(folder, 'twice'));
    mkdirSync(join(folder, 'deep'));
    symlinkSync('../twice/inner', join(folder, 'deep/er'));
    expect(await outcome(folder, 'code/inner')).toBe('root-leaves-folder');
    expect(await outcome(folder, 'twice')).toBe('root-leaves-folder');
    expect(await outcome(folder, 'deep/er')).toBe('root-leaves-folder');
  });

  test('to a folder whose path only begins with the same letters, and to the folder above', async () => {
    const { folder } = places();
    symlinkSync('../work-2', join(folder, 'code'));
    symlinkSync('..', join(folder, 'up'));
    expect(await outcome(folder, 'code')).toBe('root-leaves-folder');
    expect(await outcome(folder, 'up')).toBe('root-leaves-folder');
  });

  test('by a scan as by a zip', async () => {
    const { folder } = places();
    symlinkSync('../home', join(folder, 'code'));
    const request = requestFor(join(folder, 'code'), { within: folder });
    await expect(packer.scan(request, ALWAYS)).rejects.toMatchObject({
      failure: { code: 'root-leaves-folder', facts: { path: join(folder, 'code'), folder } },
    });
    await expect(packer.scanAndPack(request, ALWAYS)).rejects.toMatchObject({
      failure: { code: 'root-leaves-folder' },
    });
  });

  test('when it has become a link after a scan that was agreed to', async () => {
    const { folder } = places();
    const request = requestFor(join(folder, 'src'), { within: folder });
    const { manifest } = await packer.scan(request, ALWAYS);
    renameSync(join(folder, 'src'), join(folder, 'old'));
    symlinkSync('../home', join(folder, 'src'));
    await expect(packer.pack(request, manifest.digest, ALWAYS)).rejects.toMatchObject({
      failure: { code: 'root-leaves-folder' },
    });
  });

  test.each([
    ['the root', 'src'],
    ['a folder above it', 'src/q'],
  ])('when %s becomes a link while it is walked', (_what, root) => {
    const { folder } = places();
    write(folder, { 'src/q/b.q': 'b' });
    const swap = (): void => {
      rmSync(join(folder, 'src'), { recursive: true, force: true });
      mkdirSync(join(folder, '../home/q'), { recursive: true });
      symlinkSync('../home', join(folder, 'src'));
    };
    const rules = FolderRules.of({ include: [], ignore: [], useGitignore: false });
    const watch = { cancel: cancelFlag(), report: swap };
    expect(() => findOnDisk({ root: join(folder, root), within: folder }, rules, watch)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'file-changing' }) }),
    );
  });
});

describe('a root that stays inside is packed', () => {
  test('as a link to another folder there, and as the folder itself', async () => {
    const { folder } = places();
    symlinkSync('src', join(folder, 'code'));
    expect(await outcome(folder, 'code')).toEqual(['a.q']);
    expect(await outcome(folder, '.')).toEqual(['code/a.q', 'src/a.q']);
  });

  test('where the workspace folder itself was opened by a link', async () => {
    const { folder } = places();
    const opened = join(folder, '../opened');
    symlinkSync(folder, opened);
    expect(await outcome(opened, 'src')).toEqual(['a.q']);
  });

  test('and one that was chosen by hand may lie anywhere', async () => {
    const { folder, home } = places();
    symlinkSync('../home', join(folder, 'code'));
    const { manifest } = await packer.scan(requestFor(join(folder, 'code')), ALWAYS);
    expect(manifest.entries.map(({ path }) => path)).toEqual(['inner/c.q']);
    expect(await outcome(home, 'inner')).toEqual(['c.q']);
  });
});

describe('an ignore file', () => {
  test('that is a link out of the folder is refused, and nothing of it is read', async () => {
    const { folder, home } = places();
    write(home, { rules: '!.env\n' });
    symlinkSync('../../home/rules', join(folder, 'src/.slipwayignore'));
    expect(await outcome(folder, 'src')).toBe('rules-leave-folder');
  });

  test('may be a link to one beside slipway.json', async () => {
    const { folder } = places();
    write(folder, { '.slipwayignore': 'a.q\n', 'src/b.q': 'b' });
    symlinkSync('../.slipwayignore', join(folder, 'src/.slipwayignore'));
    expect(await outcome(folder, 'src')).toEqual(['b.q']);
  });
});
