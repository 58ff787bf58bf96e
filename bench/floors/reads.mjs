#!/usr/bin/env node
// What reading a cluster is measured by: the same requests, one after the other on one connection, each answer parsed as a
// whole. Slipway may take less: what it does not need of an answer it skips.
// Alone: `node bench/floors/reads.mjs`, with what a drain of one of ten node groups reads in a cluster of
// 10,000 pods.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import https from 'node:https';
import { json } from 'node:stream/consumers';
import { fastClock, LARGE, openFleet } from '../tree/fleet.mjs';
import { runFloor, timed } from './run-floor.mjs';

const ROUNDS = 6;
const STARTED = 'http.client.request.start';

/** @typedef {{ host: string, port: string, path: string, headers: import('node:http').OutgoingHttpHeaders }} Read */

/** The requests that work sends to clusters. @param {() => Promise<unknown>} work */
export async function readsOf(work) {
  /** @type {Read[]} */
  const reads = [];
  const started = (/** @type {any} */ { request }) => {
    const { host, port } = new URL(`https://${request.getHeader('host')}`);
    if (request.protocol !== 'https:' || request.method !== 'GET') return;
    reads.push({ host: request.host, port, path: request.path, headers: { ...request.getHeaders(), host } });
  };
  subscribe(STARTED, started);
  try {
    await work();
  } finally {
    unsubscribe(STARTED, started);
  }
  return reads;
}

/** @param {readonly Read[]} reads */
export async function bareReads(reads) {
  // Whose certificate it is has been looked at by the work itself.
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
  for (const read of reads) {
    const asked = https.request({ ...read, agent, servername: '' });
    asked.end();
    const [answer] = await once(asked, 'response');
    await json(answer);
    if (answer.statusCode !== 200) throw new Error(`${read.path}: ${answer.statusCode}`);
  }
  agent.destroy();
}

await runFloor(import.meta, async () => {
  const fleet = await openFleet({ ...LARGE, clusterName: 'large' });
  try {
    const window = fleet.openWindow(fastClock(1), 'floor');
    const { interactive } = window.cluster('large');
    const never = new AbortController().signal;
    const reads = await readsOf(async () => {
      const nodes = (await interactive.nodes('nodes-05', never)).map(({ name }) => name);
      await interactive.podsOn(nodes, never);
      await interactive.budgets(never);
    });
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push((await timed(() => bareReads(reads))).wall);
    await window.close();
    return rounds;
  } finally {
    await fleet.close();
  }
});
