/** What is sent to change something, and what is made of the answers; evictions in dry run and logs, too. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../virtual-clock';
import { type Authority, makeAuthority } from './certificates';
import { listOf, pod, workload } from './objects';
import { type OpenedCluster, openTestCluster } from './open';
import { type Handler, json, type ScriptedApi, startScriptedApi, status } from './scripted-api';

const never = new AbortController().signal;
const POD = { namespace: 'kdb', name: 'hdb-0', uid: 'the-uid' };
const HDB = { kind: 'StatefulSet', namespace: 'kdb', name: 'hdb' } as const;

let authority: Authority;
let api: ScriptedApi;
let cluster: OpenedCluster;

beforeAll(async () => {
  authority = await makeAuthority('trading');
  api = await startScriptedApi(await authority.serverCertificate(['127.0.0.1']));
});
afterAll(() => api.close());
beforeEach(() => {
  cluster = open();
  api.forget();
});
afterEach(() => cluster.close());

function open(clock?: VirtualClock): OpenedCluster {
  return openTestCluster({
    api: { url: `https://127.0.0.1:${api.port}`, certificateAuthority: authority.pem },
    ...(clock && { clock }),
  });
}

describe('an eviction in dry run', () => {
  const BUDGET = 'The disruption budget hdb needs 3 healthy pods and has 3 currently';
  const refused = status(
    429,
    'TooManyRequests',
    "Cannot evict pod as it would violate the pod's disruption budget.",
    {
      details: { causes: [{ reason: 'DisruptionBudget', message: BUDGET }] },
    },
  );
  const several =
    'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';

  it('is a dry run twice over, for the pod of this uid', async () => {
    api.answer(json({ kind: 'Status', status: 'Success', code: 201 }, 201));
    expect(await cluster.interactive.askEviction(POD, never)).toEqual({ code: 'allowed' });
    const [asked] = api.received;
    expect(asked?.method).toBe('POST');
    expect(asked?.path).toBe('/api/v1/namespaces/kdb/pods/hdb-0/eviction');
    expect(asked?.query).toEqual({ dryRun: 'All' });
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: 'hdb-0', namespace: 'kdb' },
      deleteOptions: { dryRun: ['All'], preconditions: { uid: 'the-uid' } },
    });
  });

  it.each<[string, Handler, object]>([
    ['a budget', refused, { code: 'refused-by-budget', message: BUDGET }],
    ['several budgets', status(500, 'InternalError', several), { code: 'several-budgets', message: several }],
    ['no such pod', status(404, 'NotFound', 'pods "hdb-0" not found'), { code: 'gone' }],
    [
      'another pod of its name',
      status(409, 'Conflict', 'Precondition failed: UID in precondition'),
      { code: 'gone' },
    ],
    ['too few rights', status(403, 'Forbidden', 'denied'), { code: 'forbidden', message: 'denied' }],
    [
      'a webhook that knows no dry runs',
      status(400, 'BadRequest', 'admission webhook "x" does not support dry run'),
      { code: 'unknown', message: 'admission webhook "x" does not support dry run' },
    ],
    ['a fault of the server', status(500, 'InternalError', 'etcd'), { code: 'unknown', message: 'etcd' }],
  ])('that is answered with %s is told as that, and asked once', async (_, handler, answer) => {
    api.answer(handler);
    expect(await cluster.interactive.askEviction(POD, never)).toEqual(answer);
    expect(api.received).toHaveLength(1);
  });

  it('that is throttled is not taken for one that a budget refuses', async () => {
    api.answer(status(429, 'TooManyRequests', 'slow down'));
    expect(await cluster.interactive.askEviction(POD, never)).toEqual({
      code: 'unknown',
      message: 'slow down',
    });
  });

  it('does not slow other requests down when a budget refuses it', async () => {
    const clock = new VirtualClock();
    const own = open(clock);
    api.answerInTurn(refused, json(listOf([])));
    await own.interactive.askEviction(POD, never);
    expect(await own.interactive.budgets(never)).toEqual([]);
    own.close();
  });

  it('is sent at most five times a second', async () => {
    const clock = new VirtualClock();
    const own = open(clock);
    api.answer(json({}, 201));
    const asked = Array.from({ length: 12 }, () => own.interactive.askEviction(POD, never));
    for (let second = 1; second <= 2; second += 1) {
      for (let step = 0; step < 10; step += 1) {
        await clock.advance(100);
        await new Promise((done) => setTimeout(done, 5));
      }
      expect(api.received.length).toBeLessThanOrEqual(1 + 5 * second);
    }
    await clock.advance(3_000);
    await expect
      .poll(async () => {
        await clock.advance(200);
        return api.received.length;
      })
      .toBe(12);
    await Promise.all(asked);
    own.close();
  });
});

describe('an apply', () => {
  const annotations = { 'slipway.dev/code-uri': 's3://b/k.zip' };

  it('sends the annotations alone, as the manager slipway, for the workload that is meant', async () => {
    api.answer(json(workload('hdb', { annotations })));
    const patch = { uid: 'u', resourceVersion: '7', annotations, dryRun: true };
    const applied = await cluster.workloads('interactive').apply(HDB, patch, never);
    expect(applied).toMatchObject({ name: 'hdb', generation: 3, annotations });
    expect(applied.annotations).toEqual(annotations);
    const [asked] = api.received;
    expect(asked?.method).toBe('PATCH');
    expect(asked?.path).toBe('/apis/apps/v1/namespaces/kdb/statefulsets/hdb');
    expect(asked?.headers['content-type']).toBe('application/apply-patch+yaml');
    expect(asked?.query).toEqual({
      fieldManager: 'slipway',
      fieldValidation: 'Strict',
      force: 'false',
      dryRun: 'All',
    });
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'hdb', namespace: 'kdb', uid: 'u', resourceVersion: '7' },
      spec: { template: { metadata: { annotations } } },
    });
  });

  it('is sent once where no answer comes: it may have been carried out', async () => {
    api.answer((_, response) => void response.destroy());
    await expect(
      cluster.workloads('interactive').apply(HDB, { uid: 'u', annotations }, never),
    ).rejects.toMatchObject({
      failure: { kind: 'kubernetes', reason: 'broken', answered: false },
    });
    expect(api.received).toHaveLength(1);
  });

  it('is sent once where the server has a problem of its own, and again where it only has too much to do', async () => {
    api.answer(status(500, 'InternalError', 'timeout'));
    await expect(
      cluster.workloads('interactive').apply(HDB, { uid: 'u', annotations }, never),
    ).rejects.toMatchObject({
      failure: { reason: 'server' },
    });
    expect(api.received).toHaveLength(1);
    api.answerInTurn(status(429, 'TooManyRequests', 'slow'), json(workload('hdb')));
    await cluster.workloads('interactive').apply(HDB, { uid: 'u', annotations }, never);
    expect(api.received).toHaveLength(3);
  });

  it('tells the causes of a conflict', async () => {
    const causes = [{ reason: 'FieldManagerConflict', message: 'conflict with "kubectl-rollout"' }];
    api.answer(status(409, 'Conflict', 'Apply failed with 1 conflict', { details: { causes } }));
    await expect(
      cluster.workloads('interactive').apply(HDB, { uid: 'u', annotations }, never),
    ).rejects.toMatchObject({
      failure: { reason: 'conflict', causes },
    });
  });

  it('that is cancelled before it is sent is cancelled; once it is under way its answer is waited for', async () => {
    const leaving = new AbortController();
    api.answer((request, response) => {
      leaving.abort();
      json(workload('hdb'))(request, response);
    });
    const patch = { uid: 'u', annotations };
    expect((await cluster.workloads('interactive').apply(HDB, patch, leaving.signal)).name).toBe('hdb');
    await expect(cluster.workloads('interactive').apply(HDB, patch, leaving.signal)).rejects.toMatchObject({
      failure: { kind: 'cancelled' },
    });
    expect(api.received).toHaveLength(1);
  });
});

describe('the deletion of a pod', () => {
  it('is of the pod of this uid, with its own grace period', async () => {
    api.answer(json({}));
    expect(await cluster.workloads('interactive').deletePod(POD, never)).toBe('deleted');
    const [asked] = api.received;
    expect(asked?.method).toBe('DELETE');
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: { uid: 'the-uid' },
    });
  });

  it.each([404, 409])('that finds it gone (%i) says so', async (code) => {
    api.answer(status(code, 'Whatever', 'not this one'));
    expect(await cluster.workloads('interactive').deletePod(POD, never)).toBe('gone');
  });
});

describe('a log', () => {
  const initialising = {
    initContainerStatuses: [
      { name: 'wait', state: { terminated: { exitCode: 0 } } },
      { name: 'fetch-code', state: { running: {} } },
    ],
    containerStatuses: [{ name: 'q', state: { waiting: { reason: 'PodInitializing' } } }],
  };
  const running = { containerStatuses: [{ name: 'q', state: { running: {} } }] };
  const podOf = (state: object, uid = POD.uid) => json(pod('hdb-0', { metadata: { uid }, status: state }));
  const words: Handler = (_, response) => void response.end('started\n');

  it('is of the container that keeps the pod from running', async () => {
    api.answerInTurn(podOf(initialising), words);
    const answer = await cluster.interactive.log(POD, { previous: false, lines: 50 }, never);
    expect(answer).toEqual({ code: 'text', text: 'started\n', container: 'fetch-code', previous: false });
    expect(api.received[1]?.query).toEqual({
      container: 'fetch-code',
      tailLines: '50',
      limitBytes: '1048576',
    });
  });

  it('of a previous run that there was not is that of this one', async () => {
    const none = status(400, 'BadRequest', 'previous terminated container "q" in pod "hdb-0" not found');
    api.answerInTurn(podOf(running), none, words);
    const answer = await cluster.interactive.log(POD, { previous: true, lines: 5 }, never);
    expect(answer).toMatchObject({ code: 'text', previous: false });
    expect(api.received.map(({ query }) => query['previous'])).toEqual([undefined, 'true', undefined]);
  });

  it('of a container that has not started names the init container that it waits for', async () => {
    const message = 'container "q" in pod "hdb-0" is waiting to start: PodInitializing';
    api.answerInTurn(podOf(initialising), status(400, 'BadRequest', message));
    const query = { container: 'q', previous: true, lines: 5 };
    expect(await cluster.interactive.log(POD, query, never)).toEqual({
      code: 'not-started',
      message,
      waitsFor: 'fetch-code',
    });
  });

  /** A pod with the sidecar `proxy` before its init container `fetch-code` and its container `q`. */
  const withSidecar = (started: boolean, fetch: object, q: object) =>
    json(
      pod('hdb-0', {
        metadata: { uid: POD.uid },
        spec: { initContainers: [{ name: 'proxy', restartPolicy: 'Always' }, { name: 'fetch-code' }] },
        status: {
          initContainerStatuses: [
            { name: 'proxy', started, state: { running: {} } },
            { name: 'fetch-code', state: fetch },
          ],
          containerStatuses: [{ name: 'q', state: q }],
        },
      }),
    );
  const [waiting, ended, runs] = [{ waiting: {} }, { terminated: { exitCode: 0 } }, { running: {} }];

  it.each([
    ['proxy', 'that has not started', withSidecar(false, waiting, waiting)],
    ['fetch-code', 'that has started', withSidecar(true, runs, waiting)],
    ['q', 'of a pod that runs', withSidecar(true, ended, runs)],
  ])('is that of %s beside a sidecar %s', async (container, _, answer) => {
    api.answerInTurn(answer, words);
    const query = { previous: false, lines: 5 };
    expect(await cluster.interactive.log(POD, query, never)).toMatchObject({ code: 'text', container });
  });

  it('of a container that has not started waits for no sidecar that runs', async () => {
    api.answerInTurn(withSidecar(true, ended, waiting), status(400, 'BadRequest', 'waiting to start'));
    const query = { container: 'q', previous: false, lines: 5 };
    expect(await cluster.interactive.log(POD, query, never)).toEqual({
      code: 'not-started',
      message: 'waiting to start',
    });
  });

  it.each<[string, Handler]>([
    ['another pod of its name', podOf(running, 'another')],
    ['no pod', status(404, 'NotFound', 'pods "hdb-0" not found')],
  ])('of %s is not read', async (_, handler) => {
    api.answer(handler);
    expect(await cluster.interactive.log(POD, { previous: false, lines: 5 }, never)).toEqual({
      code: 'gone',
    });
    expect(api.received).toHaveLength(1);
  });

  it('leaves a line that the limit cuts to the next read, unless it is the only one', async () => {
    const limit = 1024 * 1024;
    const [first, second] = ['2026-01-01T00:00:01.000000000Z ', '2026-01-01T00:00:02.000000000Z '];
    const query = { namespace: 'tick', name: 'hdb-0', container: 'q', most: 5 };
    const linesOf = async (text: string): Promise<readonly string[]> => {
      api.answer((_, response) => void response.end(Buffer.from(text).subarray(0, limit)));
      const answer = await cluster.workloads('interactive').lines(query, never);
      return answer.code === 'lines' ? answer.lines.map((line) => line.text.slice(0, 5)) : [answer.code];
    };
    const long = 'ä'.repeat(limit);
    expect(await linesOf(`${first}one\n${second}two\n`)).toEqual(['one', 'two']);
    expect(await linesOf(`${first}one\n${second}${long}\n`)).toEqual(['one']);
    expect(await linesOf(`${first}${long}\n`)).toEqual(['äääää']);
    // Cut within a time, whose beginning must not become a part of the line before.
    const rest = `\n${second}two\n2026-`;
    const almost = 'x'.repeat(limit - first.length - rest.length);
    expect(await linesOf(`${first}${almost}${rest}01-01T00:00:02.000000000Z three\n`)).toEqual([
      'xxxxx',
      'two',
    ]);
  });

  it('is followed to its end, characters that are cut in two included', async () => {
    api.answerInTurn(podOf(running), (_, response) => {
      for (const byte of Buffer.from('grüße\n')) response.write(Uint8Array.of(byte));
      response.end();
    });
    const heard: string[] = [];
    const end = await cluster.interactive.followLog(POD, undefined, (text) => heard.push(text), never);
    expect([heard.join(''), end]).toEqual(['grüße\n', 'ended']);
  });
});
