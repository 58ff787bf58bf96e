/** What a watcher tells of a folder and a deployment does not follow from: other people's files, and a task's own. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localFiles } from '../../src/deploy/on-save/local-files';
import { OutsideChanges } from '../../src/deploy/on-save/outside-changes';
import { PreDeployWindow } from '../../src/deploy/on-save/pre-deploy';
import { SaveQueue } from '../../src/deploy/on-save/save-queue';
import type { SaveNews, SaveOutcome } from '../../src/deploy/on-save/save-state';
import { ON_SAVE_DEFAULTS } from '../../src/deploy/targets/defaults';
import { systemClock } from '../../src/model/clock';
import type { SingleFilesRequest } from '../../src/package/rules/single-files';
import { VirtualClock } from '../virtual-clock';

/** The time of a file is a little behind the clock. */
const TICK_MS = 30;

const MOST = ON_SAVE_DEFAULTS.burst + 1;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-outside-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text = ''): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  return path;
}

/** A target with a task that runs before each deployment, and a watcher that tells what it is told to. */
function open(task: () => Promise<void> = async () => undefined, rules: Partial<SingleFilesRequest> = {}) {
  const clock = new VirtualClock();
  const window = new PreDeployWindow(systemClock);
  const request = { include: [], ignore: [], useGitignore: false, ...rules };
  const changes = new OutsideChanges(request, localFiles(folder), window);
  const news: SaveNews[] = [];
  let deployments = 0;
  let underWay = 0;
  const deploy = async (): Promise<SaveOutcome> => {
    deployments += 1;
    underWay += 1;
    try {
      await window.before(task);
    } catch {
      return { kind: 'blocked', code: 'task-failed' };
    } finally {
      underWay -= 1;
    }
    return { kind: 'live' };
  };
  const queue = new SaveQueue(
    { clock, deploy, onNews: (one) => news.push(one), onState: () => undefined },
    true,
    { ...ON_SAVE_DEFAULTS, externalChanges: true },
  );
  const watched = async (...paths: readonly string[]): Promise<void> => {
    for (const path of paths)
      for (const reason of await changes.reasons(path, false, MOST)) queue.changed('external', reason);
  };
  const movedIn = async (path: string): Promise<readonly string[]> => {
    const reasons = await changes.reasons(path, true, MOST);
    for (const reason of reasons) queue.changed('external', reason);
    return reasons;
  };
  /** Until nothing is under way, or for a few rounds: each deployment is followed by what the watcher tells of it. */
  const settled = async (...told: readonly string[]): Promise<void> => {
    for (let round = 0; round < 5; round += 1) {
      const before = deployments;
      await clock.advance(10_000);
      // The task takes real time.
      do await pause(TICK_MS);
      while (underWay > 0);
      if (deployments === before) return;
      await watched(...told);
    }
  };
  return { clock, queue, news, watched, movedIn, settled, deployments: () => deployments };
}

describe('a folder that is new', () => {
  const fill = (count: number): void => {
    for (let index = 0; index < count; index += 1) write(`branch/${index % 3}/file${index}.q`);
  };

  test('with more files than may change at once pauses, though the watcher tells of the folder alone', async () => {
    fill(200);
    const { movedIn, settled, news, deployments } = open();
    expect(await movedIn('branch')).toHaveLength(1 + MOST);
    await settled();
    expect(news).toMatchObject([{ kind: 'paused', reason: 'burst' }]);
    expect(deployments()).toBe(0);
  });

  test('with fewer is deployed, and what is left out in it is not counted', async () => {
    fill(3);
    for (let index = 0; index < 200; index += 1) write(`branch/data/${index}.csv`);
    write('branch/.slipwayignore', 'data/');
    const { movedIn, settled, news, deployments } = open();
    expect(await movedIn('branch')).toEqual(
      expect.arrayContaining(['branch', 'branch/0/file0.q', 'branch/1/file1.q', 'branch/2/file2.q']),
    );
    await settled();
    expect(news).toEqual([]);
    expect(deployments()).toBe(1);
  });

  test('that was there before counts as one change', async () => {
    fill(200);
    const { watched, settled, news, deployments } = open();
    await watched('branch');
    await settled();
    expect(news).toEqual([]);
    expect(deployments()).toBe(1);
  });
});

describe('a task that writes into the folder', () => {
  test.each([
    ['goes well', false],
    ['fails', true],
  ])('and %s begins one more deployment the first time, and none after that', async (_how, fails) => {
    const { queue, watched, settled, deployments } = open(async () => {
      await watched(write('generated.q', `n:${Math.random()}`));
      write('passing.q');
      rmSync(join(folder, 'passing.q'));
      if (fails) throw new Error('no');
    });
    for (const count of [2, 3, 4]) {
      queue.changed('save', 'a.q');
      await settled('generated.q', 'passing.q');
      expect(deployments()).toBe(count);
    }
  });

  test('and names them anew each time begins no more than one more deployment', async () => {
    const { queue, watched, settled, deployments } = open(async () => {
      await watched(write(`generated-${deployments()}.q`));
    });
    queue.changed('save', 'a.q');
    await settled();
    expect(deployments()).toBe(2);
  });

  test('hides nothing that somebody else changes while it runs', async () => {
    let others: readonly string[] = [];
    const { queue, watched, settled, deployments } = open(async () => {
      await watched(write('generated.q', `n:${Math.random()}`), ...others.map((path) => write(path)));
      others = [];
    });
    queue.changed('save', 'a.q');
    await settled('generated.q');
    const before = deployments();
    others = ['b.q'];
    queue.changed('save', 'a.q');
    await settled('generated.q');
    expect(deployments()).toBe(before + 2);
  });

  test('hides nothing that is changed after it: written, moved in, or removed', async () => {
    const old = write('old.txt');
    utimesSync(join(folder, old), 1, 1);
    const { queue, watched, settled, deployments } = open();
    queue.changed('save', 'a.q');
    await settled();
    for (const change of [
      () => write('lib/b.q'),
      () => {
        renameSync(join(folder, old), join(folder, 'lib/c.q'));
        return 'lib/c.q';
      },
      () => {
        rmSync(join(folder, 'lib/b.q'));
        return 'lib/b.q';
      },
      () => {
        rmSync(join(folder, 'lib'), { recursive: true });
        return 'lib';
      },
    ]) {
      const before = deployments();
      await pause(TICK_MS);
      await watched(change());
      await settled();
      expect(deployments()).toBe(before + 1);
    }
  });
});

test('a change of a folder whose clock is behind counts a few seconds after the task', async () => {
  const clock = new VirtualClock();
  const window = new PreDeployWindow(clock);
  await window.before(async () => undefined);
  const behind = clock.now() - 60_000;
  expect(window.accountsFor('a.q', behind)).toBe(true);
  clock.jump(10_000);
  expect(window.accountsFor('a.q', behind)).toBe(false);
});

test('a clock that is set back after the task hides nothing', async () => {
  const clock = new VirtualClock();
  const window = new PreDeployWindow(clock);
  await window.before(async () => undefined);
  clock.setBack(3_600_000);
  expect(window.accountsFor('a.q', clock.now())).toBe(false);
});

describe('files that are never deployed', () => {
  test('do not hold up a save, however often they change', async () => {
    write('.slipwayignore', '*.log\n');
    const { clock, queue, watched, deployments } = open();
    queue.changed('save', 'a.q');
    for (let line = 0; line < 10; line += 1) {
      await watched(write('lib/q.log', `${line}`));
      await clock.advance(100);
    }
    expect(deployments()).toBe(1);
  });

  test('are no swarm, however many, and 200 others are one', async () => {
    const { clock, queue, watched, news, deployments } = open(undefined, { ignore: ['/build/'] });
    const named = (where: string) => Array.from({ length: 200 }, (_, index) => write(`${where}/${index}.q`));
    await watched(...named('node_modules/left-pad'), ...named('build'));
    await clock.advance(10_000);
    expect([news, queue.state.changed.size, deployments()]).toEqual([[], 0, 0]);
    await watched(...named('branch'));
    await clock.advance(10_000);
    expect([news, deployments()]).toEqual([[{ kind: 'paused', reason: 'burst' }], 0]);
  });

  test('are others once an ignore file says so', async () => {
    const { watched, queue } = open();
    await watched(write('a.csv'));
    expect([...queue.state.changed.keys()]).toEqual(['a.csv']);
    await watched(write('.slipwayignore', '*.csv\n'), write('b.csv'));
    expect([...queue.state.changed.keys()]).toEqual(['a.csv', '.slipwayignore']);
    await watched(write('lib/c.log'));
    rmSync(join(folder, 'lib'), { recursive: true });
    write('lib/.slipwayignore', '*.log\n');
    await watched('lib', write('lib/d.log'));
    expect([...queue.state.changed.keys()].slice(2)).toEqual(['lib/c.log', 'lib']);
  });

  test('are others once an ignore file above the folder says so, or git’s own', async () => {
    const above = folder;
    for (const inner of ['objects', 'refs']) mkdirSync(join(above, '.git', inner), { recursive: true });
    write('.git/HEAD', 'ref: refs/heads/main');
    folder = join(above, 'code/q');
    mkdirSync(folder, { recursive: true });
    const { watched, queue } = open(undefined, { useGitignore: true, below: 'code/q' });
    const outer = ['../.slipwayignore', '../../.kxignore', '../.gitignore', '../../.git/info/exclude'];
    for (const [at, file] of outer.entries()) {
      await watched(write(`${at}.csv`));
      await watched(write(file, `${at}*.csv\n`), write(`${at}b.csv`));
    }
    expect([...queue.state.changed.keys()]).toEqual(outer.flatMap((file, at) => [`${at}.csv`, file]));
    await watched('../../../.slipwayignore', '../../.slipwayignored', write('../.gitkeep'));
    expect(queue.state.changed.size).toBe(8);
    folder = above;
  });

  test('may be any that an ignore file does not tell, since the run says what is wrong with it', async () => {
    const { watched, queue } = open();
    writeFileSync(join(folder, '.slipwayignore'), Buffer.from('*.log\n\0'));
    await watched(write('a.log'));
    expect([...queue.state.changed.keys()]).toEqual(['a.log']);
  });
});
