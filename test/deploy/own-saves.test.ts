/** The editor's own saves and changes from outside, as a watcher tells them: late, or all at once. */
import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OwnSaves } from '../../src/deploy/on-save/own-saves';
import { SaveQueue } from '../../src/deploy/on-save/save-queue';
import type { SaveNews, SaveOutcome } from '../../src/deploy/on-save/save-state';
import { ON_SAVE_DEFAULTS } from '../../src/deploy/targets/defaults';
import { VirtualClock } from '../virtual-clock';

const HOUR = 3_600_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-own-saves-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A window with a watcher that tells what it is told to. */
function open(settings: Partial<typeof ON_SAVE_DEFAULTS> = {}) {
  const clock = new VirtualClock();
  const saves = new OwnSaves(async (file) => {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats && { size: stats.size, modifiedAt: stats.mtimeMs };
  }, clock);
  const news: SaveNews[] = [];
  let deployments = 0;
  const deploy = async (): Promise<SaveOutcome> => {
    deployments += 1;
    return { kind: 'live' };
  };
  const queue = new SaveQueue(
    { clock, deploy, onNews: (one) => news.push(one), onState: () => undefined },
    true,
    { ...ON_SAVE_DEFAULTS, externalChanges: true, debounceMs: 0, ...settings },
  );
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  return {
    clock,
    queue,
    news,
    write,
    deployments: () => deployments,
    saves,
    save(origin: 'save' | 'auto-save', name: string, text: string): string {
      const file = write(name, text);
      saves.saved(file);
      queue.changed(origin, file);
      return file;
    },
    async watched(file: string): Promise<void> {
      if (!(await saves.holds(file))) queue.changed('external', file);
      await clock.advance(HOUR);
    },
  };
}

test('what the editor saved is never a change from outside, however late it is told', async () => {
  const { clock, save, watched, deployments } = open();
  const automatic = save('auto-save', 'a.q', 'a:1');
  const explicit = save('save', 'b.q', 'b:1');
  await clock.advance(HOUR);
  expect(deployments()).toBe(1);
  for (const file of [automatic, explicit, automatic]) await watched(file);
  expect(deployments()).toBe(1);
});

test('what a watcher tells before the editor says that it has saved is the editor’s own, unless the save fails', async () => {
  const { clock, saves, queue, write, deployments } = open();
  const watched = async (file: string): Promise<void> => {
    if (!(await saves.holds(file))) queue.changed('external', file);
  };
  const file = write('d.q', 'd:0');
  saves.saving(file);
  write('d.q', 'd:1');
  const told = watched(file);
  saves.saved(file);
  queue.changed('auto-save', file);
  await told;
  await clock.advance(HOUR);
  expect(deployments()).toBe(0);

  saves.saving(file);
  write('d.q', 'd:22');
  const toldAgain = watched(file);
  await clock.advance(HOUR);
  await toldAgain;
  await clock.advance(HOUR);
  expect(deployments()).toBe(1);
});

test('many files saved at once are no swarm when they are told of', async () => {
  const { clock, save, watched, deployments, news } = open({ burst: 5 });
  const files = Array.from({ length: 20 }, (_, index) => save('save', `${index}.q`, `n:${index}`));
  await clock.advance(HOUR);
  const before = deployments();
  for (const file of files) await watched(file);
  expect([deployments(), news]).toEqual([before, []]);
});

test('what somebody else writes counts, right after the save too: another size, another time, or nothing left', async () => {
  const { save, write, watched, deployments } = open();
  const file = save('auto-save', 'c.q', 'c:1');
  await watched(write('c.q', 'c:10'));
  expect(deployments()).toBe(1);
  save('auto-save', 'c.q', 'c:2');
  write('c.q', 'c:3');
  utimesSync(file, new Date(), new Date(Date.now() + 1));
  await watched(file);
  expect(deployments()).toBe(2);
  save('auto-save', 'c.q', 'c:4');
  rmSync(file);
  await watched(file);
  expect(deployments()).toBe(3);
});
