/** The logs of a workload's pods as one: each line once, over restarts, new pods and what cannot be read yet. */
import { describe, expect, it } from 'vitest';
import { type PodLines, WorkloadLog } from '../../src/commands/logs/workload-log';
import type { ContainerLinesQuery } from '../../src/model/container-lines';
import { failed } from '../../src/model/failure';
import type { LogBatch } from '../../src/model/log-source';
import type { PodContainer, WorkloadPod } from '../../src/model/workload';
import { VirtualClock } from '../virtual-clock';

const stampOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('Z', '000000Z');

/** The API server hands a time on to the kubelet in whole seconds. */
const wholeSecond = (stamp: string): number => Math.floor(Date.parse(stamp) / 1000) * 1000;

/** Pods whose containers have written what the test says. */
class FakePods implements PodLines {
  all: readonly WorkloadPod[] = [];
  /** By `pod/container`; the runs in order, each of lines with their seconds. */
  readonly runs = new Map<string, (readonly [second: number, text: string])[][]>();
  readonly asked: ContainerLinesQuery[] = [];
  failure: Error | undefined;
  /** By `pod/container`: why its lines cannot be read. */
  readonly unreadable = new Map<string, Error>();

  async pods(): Promise<readonly WorkloadPod[]> {
    if (this.failure) throw this.failure;
    return this.all;
  }

  async lines(query: ContainerLinesQuery) {
    this.asked.push(query);
    const failure = this.unreadable.get(`${query.name}/${query.container}`);
    if (failure) throw failure;
    const runs = this.runs.get(`${query.name}/${query.container}`) ?? [];
    const run = runs.at(query.previous === true ? -2 : -1);
    if (run === undefined)
      return { code: 'nothing' as const, message: `container "${query.container}" is waiting to start` };
    const lines = run
      .map(([second, text]) => ({ stamp: stampOf(second), at: second * 1000, text }))
      .filter(({ at }) => query.since === undefined || at >= wholeSecond(query.since));
    return { code: 'lines' as const, lines: query.since === undefined ? lines.slice(-query.most) : lines };
  }
}

function pod(name: string, ...containers: readonly PodContainer[]): WorkloadPod {
  return {
    uid: `uid-of-${name}`,
    name,
    namespace: 'tick',
    createdAt: 0,
    phase: 'Running',
    ready: true,
    annotations: {},
    containers,
  };
}

function given() {
  const clock = new VirtualClock();
  const pods = new FakePods();
  const log = new WorkloadLog(async () => pods, clock);
  const stop = new AbortController();
  const following = log.follow(stop.signal)[Symbol.asyncIterator]();
  /** The next look. */
  const look = async (): Promise<LogBatch> => {
    const next = following.next();
    let isOver = false;
    next.then(
      () => {
        isOver = true;
      },
      () => {
        isOver = true;
      },
    );
    await clock.runUntil(() => isOver, 60_000);
    return (await next).value as LogBatch;
  };
  const texts = async (): Promise<readonly string[]> =>
    (await look()).lines.map(({ stream, text }) => `${stream}: ${text}`);
  return { clock, pods, log, look, texts, stop };
}

describe('the log of a workload', () => {
  it('is that of all its pods and containers, in the order of time, each line once', async () => {
    const { pods, texts } = given();
    const q = { name: 'q', restarts: 0 };
    pods.all = [pod('hdb-0', q), pod('hdb-1', q)];
    const first = [
      [1, 'a'],
      [3, 'c'],
      [3, 'c'],
    ] as [number, string][];
    pods.runs.set('hdb-0/q', [first]);
    pods.runs.set('hdb-1/q', [[[2, 'b']]]);
    expect(await texts()).toEqual(['hdb-0/q: a', 'hdb-1/q: b', 'hdb-0/q: c', 'hdb-0/q: c']);
    expect(await texts()).toEqual([]);
    // The time of the last line once more, with a line more.
    first.push([3, 'c'], [4, 'd']);
    expect(await texts()).toEqual(['hdb-0/q: c', 'hdb-0/q: d']);
  });

  it('has each line once where Kubernetes repeats the whole second of the last line', async () => {
    const { pods, look, texts } = given();
    pods.all = [pod('hdb-0', { name: 'q', restarts: 0 })];
    // More lines in one second than the first poll reads: those before stay left out.
    const run = Array.from({ length: 300 }, (_, at) => [5 + at / 1000, `line ${at}`] as [number, string]);
    pods.runs.set('hdb-0/q', [run]);
    expect((await look()).lines.map(({ text }) => text)).toEqual(run.slice(100).map(([, text]) => text));
    expect(await texts()).toEqual([]);
    run.push([5.9, 'late']);
    expect(await texts()).toEqual(['hdb-0/q: late']);
    run.push([6.1, 'a'], [6.2, 'b']);
    expect(await texts()).toEqual(['hdb-0/q: a', 'hdb-0/q: b']);
    expect(await texts()).toEqual([]);
  });

  it('says once that there are more lines than it shows', async () => {
    const { pods, look } = given();
    pods.all = [pod('hdb-0', { name: 'q', restarts: 0 })];
    pods.runs.set('hdb-0/q', [Array.from({ length: 500 }, (_, at) => [at, `line ${at}`] as const)]);
    const batch = await look();
    expect([batch.lines.length, batch.isCut]).toEqual([200, true]);
    expect((await look()).isCut).toBeUndefined();
  });

  it('says so of a container that began to write after the first look, too', async () => {
    const { pods, look } = given();
    pods.all = [pod('hdb-0', { name: 'q', restarts: 0 })];
    pods.runs.set('hdb-0/q', [[]]);
    expect((await look()).isCut).toBeUndefined();
    pods.runs.set('hdb-0/q', [Array.from({ length: 500 }, (_, at) => [at, `line ${at}`] as const)]);
    const batch = await look();
    expect([batch.lines.length, batch.isCut]).toEqual([200, true]);
  });

  it('does not say so of exactly as many lines as it shows', async () => {
    const { pods, look } = given();
    pods.all = [pod('hdb-0', { name: 'q', restarts: 0 })];
    pods.runs.set('hdb-0/q', [Array.from({ length: 200 }, (_, at) => [at, `line ${at}`] as const)]);
    const batch = await look();
    expect([batch.lines.length, batch.isCut]).toEqual([200, undefined]);
  });

  it('has the end of a run that crashed between two looks, and what comes after', async () => {
    const { pods, texts } = given();
    pods.all = [pod('hdb-0', { name: 'q', restarts: 0 })];
    const run = [[1, 'begins']] as [number, string][];
    pods.runs.set('hdb-0/q', [run]);
    expect(await texts()).toEqual(['hdb-0/q: begins']);
    run.push([2, "'init.q. OS reports: No such file"]);
    pods.runs.set('hdb-0/q', [run, [[9, 'begins']]]);
    pods.all = [pod('hdb-0', { name: 'q', restarts: 1 })];
    expect(await texts()).toEqual(["hdb-0/q: 'init.q. OS reports: No such file", 'hdb-0/q: begins']);
  });

  it('goes on where the run before is not kept any more', async () => {
    const { pods, texts } = given();
    pods.all = [pod('hdb-0', { name: 'q', restarts: 0 })];
    pods.runs.set('hdb-0/q', [[[1, 'begins']]]);
    await texts();
    pods.runs.set('hdb-0/q', [[[9, 'again']]]);
    pods.all = [pod('hdb-0', { name: 'q', restarts: 3 })];
    expect(await texts()).toEqual(['hdb-0/q: again']);
  });

  it('names, once, the init container that others wait for', async () => {
    const { pods, texts } = given();
    pods.all = [
      pod(
        'hdb-0',
        { name: 'slipway-fetch', restarts: 2, waiting: 'CrashLoopBackOff' },
        { name: 'q', restarts: 0, waiting: 'PodInitializing' },
      ),
    ];
    pods.runs.set('hdb-0/slipway-fetch', [[[1, 'error: the digest is another']]]);
    expect(await texts()).toEqual([
      'hdb-0/slipway-fetch: error: the digest is another',
      'hdb-0/q: — has not begun: it waits for the init container slipway-fetch —',
    ]);
    expect(await texts()).toEqual([]);
  });

  it('says in the words of Kubernetes why there is nothing to read', async () => {
    const { pods, texts } = given();
    pods.all = [pod('hdb-0', { name: 'q', restarts: 0, waiting: 'ImagePullBackOff' })];
    expect(await texts()).toEqual([
      'hdb-0/q: — nothing to read yet. Kubernetes says: container "q" is waiting to start —',
    ]);
  });

  it('says that a pod is gone, and reads the one of its name from the start', async () => {
    const { pods, texts } = given();
    const q = { name: 'q', restarts: 0 };
    pods.all = [pod('hdb-0', q)];
    pods.runs.set('hdb-0/q', [[[1, 'old']]]);
    await texts();
    pods.all = [{ ...pod('hdb-0', q), uid: 'another' }];
    pods.runs.set('hdb-0/q', [[[5, 'new']]]);
    expect([...(await texts())].sort()).toEqual(['hdb-0/q: new', 'hdb-0: — this pod is gone —']);
  });

  it('asks less often for those who write nothing', async () => {
    const { pods, texts } = given();
    pods.all = [pod('hdb-0', { name: 'slipway-fetch', restarts: 0 }, { name: 'q', restarts: 0 })];
    const run = [[0, 'begins']] as [number, string][];
    pods.runs.set('hdb-0/slipway-fetch', [[[0, 'fetched']]]);
    pods.runs.set('hdb-0/q', [run]);
    for (let at = 1; at <= 30; at += 1) {
      run.push([at, `line ${at}`]);
      await texts();
    }
    const askedFor = (name: string) => pods.asked.filter(({ container }) => container === name).length;
    expect(askedFor('q')).toBe(30);
    expect(askedFor('slipway-fetch')).toBeLessThan(12);
  });

  it('throws what keeps it from being read, and goes on after that without a line twice', async () => {
    const { pods, log, texts } = given();
    pods.all = [pod('hdb-0', { name: 'q', restarts: 0 })];
    const run = [[1, 'a']] as [number, string][];
    pods.runs.set('hdb-0/q', [run]);
    await texts();
    pods.failure = failed({ kind: 'unexpected', message: 'denied' });
    await expect(texts()).rejects.toThrow('denied');
    pods.failure = undefined;
    run.push([2, 'b']);
    const again = log.follow(new AbortController().signal)[Symbol.asyncIterator]();
    const { value } = await again.next();
    expect((value as LogBatch).lines.map(({ text }) => text)).toEqual(['b']);
  });

  it('has what the others wrote while one container could not be read', async () => {
    const { pods, log, texts } = given();
    pods.all = [pod('hdb-0', { name: 'q', restarts: 0 }, { name: 'tp', restarts: 0, waiting: 'Pulling' })];
    const run = Array.from({ length: 300 }, (_, at) => [at, `line ${at}`] as [number, string]);
    pods.runs.set('hdb-0/q', [run]);
    const following = () => {
      const batches = log.follow(new AbortController().signal)[Symbol.asyncIterator]();
      return async () => (await batches.next()).value as LogBatch;
    };
    pods.unreadable.set('hdb-0/tp', failed({ kind: 'unexpected', message: 'no route to the node' }));
    await expect(texts()).rejects.toThrow('no route');
    pods.unreadable.clear();
    const first = await following()();
    expect([first.lines.length, first.isCut]).toEqual([201, true]);
    expect(first.lines.at(-1)?.text).toContain('waiting to start');
    // The same after a restart: the end of the run before is not lost either.
    run.push([400, 'crashes']);
    pods.runs.set('hdb-0/q', [run, [[500, 'begins']]]);
    pods.all = [pod('hdb-0', { name: 'q', restarts: 1 }, { name: 'tp', restarts: 0 })];
    pods.unreadable.set('hdb-0/tp', failed({ kind: 'unexpected', message: 'no route to the node' }));
    await expect(following()()).rejects.toThrow('no route');
    pods.unreadable.clear();
    expect((await following()()).lines.map(({ text }) => text)).toEqual(['crashes', 'begins']);
  });
});
