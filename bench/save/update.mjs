// Tells in this process when an update of a target's code leaves and when it has been accepted, whoever sends it.
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
 * @param {import('./service.mjs').Service} service
 * @param {readonly string[]} path Of a target.
 * @returns {Promise<Update>} Rejects when the update is refused, or none comes.
 */
export function nextUpdate(service, path) {
  const { promise, resolve, reject } = Promise.withResolvers();
  let sentAt = Number.NaN;
  const started = (/** @type {any} */ { request }) => {
    if (service.isUpdate(path, request)) sentAt = performance.now();
  };
  const finished = (/** @type {any} */ { request, response }) => {
    if (!service.isUpdate(path, request)) return;
    if (response.statusCode === 200) resolve({ sentAt, acceptedAt: performance.now() });
    else reject(new Error(`the update of ${path.at(-1)} was answered with ${response.statusCode}`));
  };
  const none = setTimeout(() => reject(new Error(`no update of ${path.at(-1)} was sent`)), PATIENCE);
  subscribe(STARTED, started);
  subscribe(FINISHED, finished);
  return promise.finally(() => {
    clearTimeout(none);
    unsubscribe(STARTED, started);
    unsubscribe(FINISHED, finished);
  });
}
