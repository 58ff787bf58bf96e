// Tells in this process when an update of a target's code leaves and when it has been accepted, whoever sends it.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

const STARTED = 'http.client.request.start';
const FINISHED = 'http.client.response.finish';

/**
 * @typedef {object} Update Times as `performance.now` gives them.
 * @property {number} firstAt When the first of the requests left.
 * @property {number} sentAt
 * @property {number} acceptedAt
 * @property {number} awaited Milliseconds for which at least one request waited for its answer.
 */

/** Longer than any update takes that is still to come (ms), the first one's questions included. */
const PATIENCE = 60_000;

/**
 * @param {import('./service.mjs').Service} service
 * @param {readonly string[]} path Of a target.
 * @returns {Promise<Update>} Rejects when the update is refused, or none comes.
 */
export function nextUpdate(service, path) {
  const times = { firstAt: Number.NaN, sentAt: Number.NaN, awaited: 0 };
  let since = 0;
  const onTheirWay = new Set();
  /** @type {(update: Update) => void} */
  let resolve = () => undefined;
  /** @type {(error: Error) => void} */
  let reject = () => undefined;
  const update = new Promise((/** @type {typeof resolve} */ accepted, refused) => {
    resolve = accepted;
    reject = refused;
  });
  const started = (/** @type {any} */ { request }) => {
    const now = performance.now();
    if (Number.isNaN(times.firstAt)) times.firstAt = now;
    if (onTheirWay.size === 0) since = now;
    onTheirWay.add(request);
    if (service.isUpdate(path, request)) times.sentAt = now;
  };
  const finished = (/** @type {any} */ { request, response }) => {
    const now = performance.now();
    if (onTheirWay.delete(request) && onTheirWay.size === 0) times.awaited += now - since;
    if (!service.isUpdate(path, request)) return;
    if (response.statusCode === 200) resolve({ ...times, acceptedAt: now });
    else reject(new Error(`the update of ${path.at(-1)} was answered with ${response.statusCode}`));
  };
  const none = setTimeout(() => reject(new Error(`no update of ${path.at(-1)} was sent`)), PATIENCE);
  subscribe(STARTED, started);
  subscribe(FINISHED, finished);
  return update.finally(() => {
    clearTimeout(none);
    unsubscribe(STARTED, started);
    unsubscribe(FINISHED, finished);
  });
}

/**
 * @param {number} began @param {Update} update
 * @returns {import('../save-host.mjs').Times}
 */
export function timesOf(began, { firstAt, sentAt, acceptedAt, awaited }) {
  const accepted = acceptedAt - began;
  return { first: firstAt - began, sent: sentAt - began, accepted, own: accepted - awaited };
}
