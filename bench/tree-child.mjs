// What the benchmark of the tree starts as a process of its own: `node --expose-gc tree-child.mjs PHASE CLUSTERS ROUNDS`.
import { setTimeout as delay } from 'node:timers/promises';
import { LATENCY, roundTrips } from './floors/round-trips.mjs';
import { longestSlice } from './longest-slice.mjs';
import { median, warmUpFor } from './pack/measure.mjs';
import { fastClock, openFleet } from './tree/fleet.mjs';

const NODEGROUPS = 20;
const never = new AbortController().signal;
const realClock = fastClock(1);

const [phase = '', clusters = '', rounds = ''] = process.argv.slice(2);
/** Clusters whose node groups are opened too: of all that stays in memory, and by somebody who looks around. */
const OPENED = Math.ceil(Number(clusters) / 10);
const LOOKED_INTO = 5;
const WARM_UP = warmUpFor(Number(rounds));
/** Milliseconds for which updates are looked at: lists are there after a second, what is read of each comes after. */
const LOOK = Number(rounds) === 1 ? 1_000 : 2_500;
const fleet = await openFleet({
  kind: 'fleet',
  kdbClusters: 0,
  clusters: Number(clusters),
  nodegroupsEach: NODEGROUPS,
});
try {
  const phases = { opening, memory, updates };
  const run = phases[/** @type {keyof typeof phases} */ (phase)];
  console.log(JSON.stringify(await run(Number(rounds))));
} finally {
  await fleet.close();
}

/**
 * Each round in a window of its own: a bare request, then first rows, then one cluster's node groups with all that
 * their rows show, while the clusters are still being described.
 * @param {number} count
 */
async function opening(count) {
  await fleet.sandbox.control.latency(LATENCY);
  const all = [];
  for (let round = -WARM_UP; round < count; round++) {
    const window = fleet.openWindow(realClock, `opening ${round}`);
    const { viewer, close } = window;
    const bare = await roundTrips(window, 5);
    const group = await viewer.clusters();
    /** @type {readonly import('../src/view/resources/node').ResourceNode[]} */
    let rows = [];
    const first = await timed(async () => {
      rows = await viewer.open(group);
    });
    const cluster = rows[rows.length >> 1];
    if (cluster === undefined) throw new Error('there are no clusters');
    let names = 0;
    const details = await timed(async () => {
      const began = performance.now();
      const groups = (await viewer.open(cluster)).filter(({ kind }) => kind === 'nodegroup');
      names = performance.now() - began;
      if (groups.length !== NODEGROUPS) throw new Error(`${groups.length} node groups`);
      await until(() => groups.every((one) => one.kind === 'nodegroup' && one.details !== undefined));
    });
    if (round >= 0) all.push({ bare: median(bare), first, names, details });
    await close();
  }
  return all;
}

/** What stays in memory when everything is open, what a refresh and a poll ask for, and how soon it is there next time. */
async function memory() {
  const { control } = fleet.sandbox;
  const window = fleet.openWindow(fastClock(40), 'one');
  await window.viewer.clusters();
  await (await window.session()).interactive.eks.clusterVersions(undefined, never);
  const before = used();
  await openAll(window.viewer, OPENED);
  await allRead(window.viewer);
  const grown = used();

  const counted = async (/** @type {() => Promise<void>} */ ask) => {
    await control.clearRequests();
    await ask();
    await quiet();
    return (await control.requests()).length;
  };
  const refresh = await counted(() => window.tree.resources.refresh());
  const poll = await counted(() => window.tree.resources.poll());
  const rows = window.viewer.shown.size;
  await window.close();

  await control.latency(LATENCY);
  const again = [];
  for (let round = 0; round < 5; round++) {
    const next = fleet.openWindow(realClock, 'one');
    again.push(
      await timed(async () => {
        const shown = await next.viewer.open(await next.viewer.clusters());
        if (shown.length !== Number(clusters)) throw new Error(`${shown.length} rows of last time`);
      }),
    );
    await next.close();
  }
  return {
    heap: (grown.heap - before.heap) / 2 ** 20,
    resident: (grown.resident - before.resident) / 2 ** 20,
    rows,
    refresh,
    poll,
    again: median(again),
  };
}

/**
 * The longest turn of the event loop while nothing goes on, and while a large tree is shown from
 * memory, listed, described, refreshed and looked at again.
 * @param {number} count
 */
async function updates(count) {
  // What the windows after it find in memory: no time counts yet.
  const seeded = fleet.openWindow(fastClock(400), 'one');
  await openAll(seeded.viewer, OPENED);
  await allRead(seeded.viewer);
  await seeded.close();
  await fleet.sandbox.control.latency(LATENCY);
  const all = [];
  for (let round = -WARM_UP; round < count; round++) {
    const idle = await longestSlice(() => delay(1_000));
    const window = fleet.openWindow(realClock, 'one');
    await (await window.session()).interactive.identities.whoAmI(never);
    const fromMemory = await longestSlice(async () => {
      await openAll(window.viewer, LOOKED_INTO);
      await delay(LOOK);
    });
    const refreshing = await longestSlice(async () => {
      void window.tree.resources.refresh();
      await delay(LOOK);
    });
    const polling = await longestSlice(async () => {
      void window.tree.resources.poll();
      await delay(LOOK);
    });
    const keeping = await longestSlice(() => window.tree.dispose());
    await window.close();
    if (round >= 0) all.push({ idle, fromMemory, refreshing, polling, keeping });
  }
  return all;
}

/**
 * Opens the clusters, and the node groups of the first few of them.
 * @param {import('./tree/viewer.mjs').Viewer} viewer @param {number} opened
 */
async function openAll(viewer, opened) {
  const group = await viewer.clusters();
  await viewer.open(group);
  await until(async () => (await viewer.tree.getChildren(group)).length >= Number(clusters), 20);
  for (const cluster of (await viewer.tree.getChildren(group)).slice(0, opened)) {
    await viewer.open(cluster);
  }
}

/** @param {import('./tree/viewer.mjs').Viewer} viewer */
async function allRead(viewer) {
  const rows = await viewer.tree.getChildren(await viewer.clusters());
  const below = await Promise.all(rows.slice(0, OPENED).map((row) => viewer.tree.getChildren(row)));
  const groups = below.flat().filter(({ kind }) => kind === 'nodegroup');
  await until(() => [...rows, ...groups].every((row) => 'assessment' in row), 100);
}

/** Waits until nothing has been asked for some time. */
async function quiet() {
  const { control } = fleet.sandbox;
  for (let last = -1; ; ) {
    const { length } = await control.requests();
    if (length === last) return;
    last = length;
    await delay(1_000);
  }
}

/** @param {() => boolean | Promise<boolean>} condition @param {number} pause Milliseconds between two looks. */
async function until(condition, pause = 2) {
  while (!(await condition())) await delay(pause);
}

/** Milliseconds. @param {() => Promise<unknown>} work */
async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Bytes, after collection. */
function used() {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}
