// Tells in this process when an update of a cluster's code leaves and when AWS has accepted it, whoever sends it.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

const STARTED = 'http.client.request.start';
const FINISHED = 'http.client.response.finish';

/**
 * @typedef {object} Update Times as `performance.now` gives them.
 * @property {number} sentAt
 * @property {number} acceptedAt
 */

/** Longer than any update takes that is still to come (ms), the first one's questions included. */
const PATIENCE = 60_000;

/**
 * @param {{ environmentId: string, clusterName: string }} cluster
 * @returns {Promise<Update>} Rejects when AWS refuses the update, or none comes.
 */
export function nextUpdate({ environmentId, clusterName }) {
  const path = `/kx/environments/${environmentId}/clusters/${clusterName}/configuration/code`;
  const { promise, resolve, reject } = Promise.withResolvers();
  let sentAt = Number.NaN;
  const started = (/** @type {any} */ { request }) => {
    if (request.path === path) sentAt = performance.now();
  };
  const finished = (/** @type {any} */ { request, response }) => {
    if (request.path !== path) return;
    if (response.statusCode === 200) resolve({ sentAt, acceptedAt: performance.now() });
    else reject(new Error(`the update of ${clusterName} was answered with ${response.statusCode}`));
  };
  const none = setTimeout(() => reject(new Error(`no update of ${clusterName} was sent`)), PATIENCE);
  subscribe(STARTED, started);
  subscribe(FINISHED, finished);
  return promise.finally(() => {
    clearTimeout(none);
    unsubscribe(STARTED, started);
    unsubscribe(FINISHED, finished);
  });
}
