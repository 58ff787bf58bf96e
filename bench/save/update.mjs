// Tells in this process when an update of a cluster's code leaves and when AWS has accepted it, whoever sends it.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

const STARTED = 'http.client.request.start';
const FINISHED = 'http.client.response.finish';

/**
 * @typedef {object} Update Times as `performance.now` gives them.
 * @property {number} sentAt
 * @property {number} acceptedAt
 */

/**
 * @param {{ environmentId: string, clusterName: string }} cluster
 * @returns {Promise<Update>}
 */
export function nextUpdate({ environmentId, clusterName }) {
  const path = `/kx/environments/${environmentId}/clusters/${clusterName}/configuration/code`;
  return new Promise((accepted) => {
    let sentAt = Number.NaN;
    const started = (/** @type {any} */ { request }) => {
      if (request.path === path) sentAt = performance.now();
    };
    const finished = (/** @type {any} */ { request, response }) => {
      if (request.path !== path || response.statusCode !== 200) return;
      unsubscribe(STARTED, started);
      unsubscribe(FINISHED, finished);
      accepted({ sentAt, acceptedAt: performance.now() });
    };
    subscribe(STARTED, started);
    subscribe(FINISHED, finished);
  });
}
