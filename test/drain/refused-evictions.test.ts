/** Refused evictions in lines of an audit log, and nothing else. */
import { expect, it } from 'vitest';
import { refusedEvictions } from '../../src/drain/refused-evictions';

const MESSAGE = 'The disruption budget rdb needs 3 healthy pods and has 3 currently';

function line(parts: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    kind: 'Event',
    stage: 'ResponseComplete',
    requestURI: '/api/v1/namespaces/shop/pods/rdb-0/eviction?timeout=10s',
    user: { username: 'eks:node-manager' },
    objectRef: { resource: 'pods', subresource: 'eviction', namespace: 'shop', name: 'rdb-0' },
    responseStatus: { code: 429, message: 'Cannot evict pod' },
    responseObject: { details: { causes: [{ reason: 'DisruptionBudget', message: MESSAGE }] } },
    requestReceivedTimestamp: '2026-08-15T12:00:00.000000Z',
    ...parts,
  });
}

const at = Date.UTC(2026, 7, 15, 12);

it('names pod and budget in the words of the API server', () => {
  expect(refusedEvictions([line()])).toEqual([{ namespace: 'shop', pod: 'rdb-0', message: MESSAGE, at }]);
});

it('tells the last one of each pod, the newest first', () => {
  const later = '2026-08-15T12:05:00.000000Z';
  const gw = {
    objectRef: { namespace: 'shop', name: 'gw-0' },
    requestReceivedTimestamp: '2026-08-15T12:02:00Z',
  };
  expect(
    refusedEvictions([line({ requestReceivedTimestamp: later }), line(gw), line()]).map((one) => [
      one.pod,
      one.at,
    ]),
  ).toEqual([
    ['rdb-0', at + 300_000],
    ['gw-0', at + 120_000],
  ]);
});

it('takes the words of the answer where no cause is named', () => {
  const refused = line({
    responseStatus: { code: 500 },
    responseObject: { message: 'This pod has more than one PodDisruptionBudget' },
  });
  expect(refusedEvictions([refused])[0]?.message).toBe('This pod has more than one PodDisruptionBudget');
});

it('takes the budget from the status where the log has no bodies of answers', () => {
  const details = { causes: [{ reason: 'DisruptionBudget', message: MESSAGE }] };
  const short = line({
    responseObject: undefined,
    responseStatus: { code: 429, message: 'Cannot evict pod', details },
  });
  expect(refusedEvictions([short])[0]?.message).toBe(MESSAGE);
});

const SEVERAL =
  'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
const DENIED = 'admission webhook "pods.example.com" denied the request: not today';
const UNREACHED = 'Internal error occurred: failed calling webhook "pods.example.com": connection refused';
const SPENT = "Cannot evict pod as it would violate the pod's disruption budget.";

it.each([
  [201, '', false],
  [400, DENIED, true],
  [401, 'Unauthorized', false],
  [403, DENIED, true],
  [403, 'pods "rdb-0" is forbidden: pdb disruptions allowed is negative', true],
  [404, 'pods "rdb-0" not found', false],
  [409, 'the UID in the precondition does not match the UID in record', false],
  [422, DENIED, true],
  [429, SPENT, true],
  [429, DENIED, true],
  [429, 'storage is (re)initializing', false],
  [429, 'Too many requests, please try again later.', false],
  [500, SEVERAL, true],
  [500, UNREACHED, true],
  [500, 'etcdserver: leader changed', false],
  [503, 'the server is currently unable to handle the request', false],
  [504, 'request did not complete within requested timeout', false],
])('of the status %i with "%s" is a refusal: %s', (code, message, isRefused) => {
  const answered = line({ responseStatus: { code, message }, responseObject: undefined });
  expect(refusedEvictions([answered]).map((refused) => refused.message)).toEqual(isRefused ? [message] : []);
});

it.each([
  ['somebody else', line({ user: { username: 'kubectl' } })],
  ['another request', line({ requestURI: '/api/v1/namespaces/shop/pods/rdb-0' })],
  ['an eviction in its query alone', line({ requestURI: '/api/v1/pods?x=/eviction' })],
  ['no pod', line({ objectRef: {} })],
  ['no time', line({ requestReceivedTimestamp: 'x' })],
  ['no code', line({ responseStatus: {} })],
  ['no JSON', '{'],
  ['JSON of another form', '[1]'],
])('passes over %s', (_name, other) => {
  expect(refusedEvictions([other])).toEqual([]);
});
