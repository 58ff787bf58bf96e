// What the benchmark of large clusters starts as a process of its own: `node drain-child.mjs ROUNDS`.
import { setTimeout as delay } from 'node:timers/promises';
import { bundled } from './bundle.mjs';
import { bareReads, readsOf } from './floors/reads.mjs';
import { timed } from './floors/run-floor.mjs';
import { longestSlice } from './longest-slice.mjs';
import { fastClock, LARGE, openFleet } from './tree/fleet.mjs';

const NAME = 'large';
const OBJECTS = LARGE.nodes / 10 + LARGE.pods + LARGE.budgets;
/** Nodes whose pods are opened too. */
const OPENED = 10;
/** Of an update: nodes come, and those that go are cordoned. */
const MINUTES = 6;
const ROUNDS = Number(process.argv[2]);
/** Milliseconds for which opened rows are looked at: most of the work is done in the first second. */
const LOOK = ROUNDS === 1 ? 1_200 : 2_500;
const never = new AbortController().signal;
const clock = fastClock(1);

const { readDrain } = /** @type {typeof import('../src/drain/read-drain')} */ (
  await bundled('src/drain/read-drain.ts')
);
const { drainBlockers } = /** @type {typeof import('../src/drain/blockers')} */ (
  await bundled('src/drain/blockers.ts')
);
let updated = 0;
const fleet = await openFleet({ ...LARGE, clusterName: NAME });
try {
  const all = [];
  // The first one loads and warms what the others use.
  for (let round = -1; round < ROUNDS; round++) {
    const found = await measure(`round ${round}`);
    if (round >= 0) all.push(found);
  }
  console.log(JSON.stringify(all));
} finally {
  await fleet.close();
}

/** @param {string} memory */
async function measure(memory) {
  const window = fleet.openWindow(clock, memory);
  const idle = await longestSlice(() => delay(1_000));
  const readiness = await drainReadiness(window);
  const { requests } = window;
  requests.splice(0);
  const groups = await nodegroups(window);
  const opening = await longestSlice(async () => {
    const rows = (await Promise.all(groups.map((group) => window.viewer.open(group)))).flat();
    if (rows.length < LARGE.nodes) throw new Error(`${rows.length} nodes`);
    for (const row of rows.slice(0, OPENED)) await window.viewer.open(row);
    await delay(LOOK);
  });
  const watching = await longestSlice(async () => {
    await fleet.sandbox.control.foreign({
      kind: 'nodegroup-update',
      clusterName: NAME,
      nodegroupName: `nodes-0${updated++}`,
      version: '1.34',
    });
    for (let step = 0; step < MINUTES; step++) {
      await fleet.sandbox.control.advance(60_000);
      await delay(250);
    }
  });
  window.tree.resources.visible(false);
  await delay(500);
  requests.splice(0);
  window.tree.resources.visible(true);
  await heardAnew(window);
  const lists = requests.filter(({ verb }) => verb === 'list').length;
  await window.close();
  return { ...readiness, idle, opening, watching, lists };
}

/** Waits until everything that is watched has been heard of. @param {ReturnType<typeof fleet.openWindow>} window */
async function heardAnew(window) {
  const stop = new AbortController();
  await new Promise((changed) => {
    window.cluster(NAME).watch.watch(undefined, { changed, interrupted: () => undefined }, stop.signal);
  });
  stop.abort();
}

/** @param {ReturnType<typeof fleet.openWindow>} window */
async function drainReadiness(window) {
  const { interactive } = window.cluster(NAME);
  // The token and the description of the cluster are there.
  await interactive.budgets(never);
  window.requests.splice(0);
  let spent = { cpu: 0, wall: 0 };
  /** @type {import('./longest-slice.mjs').Slice | undefined} */
  let reading;
  const reads = await readsOf(async () => {
    reading = await longestSlice(async () => {
      spent = await timed(async () => {
        const { facts, unread } = await readDrain({ api: interactive }, { nodegroup: 'nodes-05' }, never);
        drainBlockers(facts, { now: clock.now(), atOnce: 10 });
        if (facts.nodes.length !== 100 || unread.length > 0) throw new Error(JSON.stringify(unread));
        if (facts.pods.length !== LARGE.pods / 10) throw new Error(`${facts.pods.length} pods`);
      });
    });
  });
  const requests = window.requests.length;
  const floor = await timed(() => bareReads(reads));
  return { ...spent, floor: floor.cpu, reading, requests, objects: OBJECTS };
}

/** @param {ReturnType<typeof fleet.openWindow>} window */
async function nodegroups({ viewer }) {
  const [cluster] = await viewer.open(await viewer.clusters());
  if (cluster === undefined) throw new Error('there is no cluster');
  return (await viewer.open(cluster)).filter(({ kind }) => kind === 'nodegroup');
}
