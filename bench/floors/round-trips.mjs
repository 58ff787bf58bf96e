#!/usr/bin/env node
// The floor of the tree: one list of clusters is asked for and answered, through the built SDK, by a sandbox that answers
// after 80 ms. Alone: `node bench/floors/round-trips.mjs`, with 1,000 clusters.
import { fastClock, openFleet } from '../tree/fleet.mjs';
import { runFloor, timed } from './run-floor.mjs';

/** Milliseconds after which the sandbox answers. */
export const LATENCY = 80;
const ROUNDS = 12;

/** @param {import('../tree/fleet.mjs').Window} window @param {number} rounds @returns {Promise<number[]>} Milliseconds. */
export async function roundTrips(window, rounds) {
  const { eks } = (await window.session()).following;
  const never = new AbortController().signal;
  const trips = [];
  for (let round = 0; round < rounds; round += 1) {
    trips.push((await timed(() => eks.listClusters(undefined, never))).wall);
  }
  return trips;
}

await runFloor(import.meta, async () => {
  const fleet = await openFleet({ kind: 'fleet', kdbClusters: 0, clusters: 1_000, nodegroupsEach: 20 });
  try {
    await fleet.sandbox.control.latency(LATENCY);
    const window = fleet.openWindow(fastClock(1), 'floor');
    const trips = await roundTrips(window, ROUNDS);
    await window.close();
    return trips;
  } finally {
    await fleet.close();
  }
});
