/** How the ledger lies on the disk: for its owner alone, and there before anything is sent. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { compact } from '../../src/operations/compaction';
import { ledgerFolder, ledgerPath } from '../../src/operations/ledger-files';
import { planned, request } from './data';
import { givenLedger, temporaryFolder } from './given';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** All open files share these methods; each test puts back what it replaced. */
async function handles(folder: string): Promise<FileHandle> {
  const handle = await open(join(folder, 'any'), 'w');
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}

describe.skipIf(process.platform === 'win32')('for its owner alone', () => {
  test('are the folder and the file, whatever the system gives new files', async () => {
    const folder = temporaryFolder();
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    const ledger = await givenLedger({ folder, writer: 'a' });
    await ledger.begin(planned());
    expect(modeOf(ledgerPath(folder, 'a', 0))).toBe(0o600);
    expect(modeOf(ledgerFolder(folder))).toBe(0o700);
  });

  test('is what several files are merged into', async () => {
    const folder = temporaryFolder();
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    for (const writer of ['a', 'b']) {
      const ledger = await givenLedger({ folder, writer });
      await ledger.begin(planned());
      await ledger.dispose();
    }
    const limits = { files: 0, bytes: 0, archiveBytes: 1_000_000, succeeded: 2 };
    await compact(folder, Date.now() + 48 * 3_600_000, [], limits);
    const names = readdirSync(ledgerFolder(folder));
    expect(names).toEqual([expect.stringMatching(/^archive-/)]);
    expect(names.map((name) => modeOf(join(ledgerFolder(folder), name)))).toEqual([0o600]);
  });
});

describe('before AWS is asked', () => {
  test('the event is flushed to the disk: sending waits for it', async () => {
    const folder = temporaryFolder();
    const ledger = await givenLedger({ folder, writer: 'a' });
    const journal = await ledger.begin(planned());
    let flushed = (): void => undefined;
    const disk = vi
      .spyOn(await handles(folder), 'datasync')
      .mockImplementationOnce(() => new Promise((resolve) => (flushed = resolve)));
    onTestFinished(() => disk.mockRestore());
    let mayAsk = false;
    const sending = journal.sending(request).then(() => (mayAsk = true));
    await vi.waitFor(() => expect(disk).toHaveBeenCalledOnce());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(mayAsk).toBe(false);
    flushed();
    await sending;
    expect(ledger.operation(journal.id)?.sentAt).toBeDefined();
  });

  test('what nobody waited for goes to the disk in one flush with the request, before it', async () => {
    const folder = temporaryFolder();
    const ledger = await givenLedger({ folder, writer: 'a' });
    const journal = await ledger.begin(planned());
    const disk = vi.spyOn(await handles(folder), 'datasync');
    onTestFinished(() => disk.mockRestore());
    const noted = [journal.note('packed'), journal.note('uploaded', { size: 3 })];
    await Promise.all([journal.sending(request), ...noted]);
    expect(disk).toHaveBeenCalledOnce();
    const lines = readFileSync(ledgerPath(folder, 'a', 0), 'utf8')
      .trim()
      .split('\n');
    const written = lines.map((line) => JSON.parse(line)).map(({ type, name }) => name ?? type);
    expect(written).toEqual(['planned', 'packed', 'uploaded', 'sending']);
  });

  test('a mark and the first line are flushed beside each other, and both are waited for', async () => {
    const folder = temporaryFolder();
    const ledger = await givenLedger({ folder, writer: 'a' });
    // So that the file of the ledger is there, and its name needs no flush.
    await ledger.begin(planned());
    const methods = await handles(folder);
    let flushed = (): void => undefined;
    const marks = vi
      .spyOn(methods, 'sync')
      .mockImplementationOnce(() => new Promise((resolve) => (flushed = resolve)));
    const lines = vi.spyOn(methods, 'datasync');
    onTestFinished(() => {
      marks.mockRestore();
      lines.mockRestore();
    });
    let mayPut = false;
    const { journal, begun } = ledger.beginning(planned());
    const waited = begun.then(() => (mayPut = true));
    await vi.waitFor(() => expect(lines).toHaveBeenCalledOnce());
    await lines.mock.results[0]?.value;
    await othersTurn();
    expect([marks.mock.calls.length, mayPut]).toEqual([1, false]);
    flushed();
    await waited;
    expect(ledger.operation(journal.id)?.state).toBe('planned');
  });

  test('a disk that cannot flush forbids it', async () => {
    const folder = temporaryFolder();
    const ledger = await givenLedger({ folder, writer: 'a' });
    const journal = await ledger.begin(planned());
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const disk = vi.spyOn(await handles(folder), 'datasync').mockRejectedValueOnce(full);
    onTestFinished(() => disk.mockRestore());
    await expect(journal.sending(request)).rejects.toMatchObject({ failure: { code: 'ledger-unwritable' } });
  });

  test('the name of a file that is begun is made durable, too', async () => {
    const folder = temporaryFolder();
    const disk = vi.spyOn(await handles(folder), 'sync');
    onTestFinished(() => disk.mockRestore());
    const ledger = await givenLedger({ folder, writer: 'a' });
    const journal = await ledger.begin(planned());
    // The folder of the ledger, and that of the marks by which a start-up sees that something is unfinished.
    expect(disk).toHaveBeenCalledTimes(2);
    await journal.step('packed');
    expect(disk).toHaveBeenCalledTimes(2);
  });
});
