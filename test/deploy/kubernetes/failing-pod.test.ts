/** A deployment that a pod fails: what the page of its operation shows of the pod, read from the sandbox. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failingPod, readFailingPod } from '../../../src/commands/code/failing-pod';
import { operationShown } from '../../../src/commands/operation-page';
import { refuse } from '../../../src/deploy/kubernetes/refusal';
import { EXIT_CODES } from '../../../src/model/exit-codes';
import { failureOf } from '../../../src/model/failure';
import type { Operation } from '../../../src/operations/operation';
import { failureWords } from '../../../src/view/messages/failure';
import type { Page } from '../../../src/view/pages/page';
import { expectPlainWords } from '../../nodegroup/plain';
import { openShop, Q_CODE, type Shop } from '../shop';
import { inputFor, RDB, TRADING } from './workloads';

const NEVER = new AbortController().signal;
const HOSTILE = "'type \u202e<b>[x](command:evil)</b>";

let shop: Shop;
let operation: Operation;
beforeAll(async () => {
  shop = await openShop();
  await shop.write(Q_CODE);
  await shop.sandbox.control.foreign({
    kind: 'kubernetes-program',
    clusterName: TRADING,
    namespace: 'tick',
    pod: 'rdb-',
    end: { afterSeconds: 1, exitCode: 3 },
    log: ['loading init.q'],
    lastWords: [HOSTILE],
  });
  const { id, failure } = await shop.deploy(inputFor(shop, RDB));
  expect(failure).toBeUndefined();
  operation = await shop.follow(id);
});
afterAll(() => shop.close());

const read = (signal = NEVER) => readFailingPod(operation, { ports: async () => shop.ports }, signal);

/** The page of the operation, once it has read what it reads. */
async function page(readPod: typeof read): Promise<Page> {
  const refreshed = withResolvers();
  const shown = operationShown(operation.id, {
    ledger: shop.ledger,
    pages: { show: async () => undefined, refresh: refreshed.resolve },
    notify: {} as never,
    unseen: { seen: async () => undefined },
    tracker: { status: () => undefined, settle: async () => undefined },
    batches: { rows: () => [] },
    outcomeWords: ({ outcome }) => outcome?.failure && failureWords(outcome.failure),
    remedies: () => [],
    command: async () => undefined,
    readFailingPod: (_, signal) => readPod(signal),
  });
  await refreshed.promise;
  const content = await shown!.content();
  shown!.closed?.();
  return content;
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const pod = ({ sections }: Page) => sections.find(({ id }) => id === 'pod');

test('its reason, exit code, last lines and events stand on the page, and what cannot be seen is shown', async () => {
  expect(operation).toMatchObject({ state: 'failed', outcome: { failure: { code: 'pod-fails' } } });
  const found = await page(read);
  expect(found.notices[0]?.title).toMatch(/Pod rdb-2 .* container rdb, .*, exit code 3\./);
  const section = pod(found);
  expect(section?.heading).toBe('Pod tick/rdb-2');
  const lines = section?.blocks.find((block) => block.kind === 'source');
  expect(lines?.text.split('\n')).toEqual(['loading init.q', HOSTILE.replace('\u202e', '‹U+202E›')]);
  const events = section?.blocks.find((block) => block.kind === 'table');
  expect(JSON.stringify(events?.rows)).toContain('BackOff');
});

test('the log is kept nowhere', () => {
  expect(JSON.stringify(shop.ledger.operations())).not.toContain('command:evil');
});

test('a pod of the same name that is another one has no lines', async () => {
  const facts = { trouble: { pod: 'rdb-2', uid: 'of-another', container: 'rdb' } };
  const gone = { ...operation, outcome: { ...operation.outcome!, facts } };
  const seen = await readFailingPod(gone, { ports: async () => shop.ports }, NEVER);
  expect(seen).toMatchObject({ lines: { text: undefined }, events: [] });
});

test('what may not be read is told as unread, and the rest is there', async () => {
  const error = {
    kind: 'error',
    service: 'kubernetes',
    status: 403,
    code: 'Forbidden',
    message: 'no',
  } as const;
  await shop.sandbox.control.fault({ ...error, operation: 'get pods/log' });
  const section = pod(await page(read));
  await shop.sandbox.control.clearFaults();
  expect(section?.blocks.map(({ kind }) => kind)).toEqual(['text', 'text', 'table']);
  expect(JSON.stringify(section?.blocks[1])).toContain('pods/log');
});

test('nothing is read for an operation that no pod failed', () => {
  const { failure: _, ...well } = operation.outcome!;
  expect(failingPod({ ...operation, outcome: well })).toBeUndefined();
});

test.each(Object.keys(EXIT_CODES).filter((code) => Number(code) < 30))(
  'exit code %s of the init containers is told with what it means',
  (code) => {
    const facts = { pod: 'rdb-2', reason: 'Error', exitCode: Number(code), stuck: false };
    const told = (container: string) => failureWords(failureOf(refuse('pod-fails', { ...facts, container })));
    expectPlainWords(told('slipway-fetch'));
    expect(told('slipway-fetch').length).toBeGreaterThan(told('slipway-other').length);
  },
);
