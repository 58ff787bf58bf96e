/**
 * With the rights of AmazonEKSViewPolicy alone, all that they allow works, and everything else names verb, resource and
 * namespace. Each request that went out is one of docs/permissions.md, by the sandbox's own log.
 */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Workloads } from '../../src/deploy/kubernetes/ports';
import type { WatchedNodes } from '../../src/drain/ports';
import type { ClusterClient, Kubernetes } from '../../src/kubernetes/contract';
import { type Failure, failureOf } from '../../src/model/failure';
import { KUBERNETES_PERMISSIONS } from '../../src/model/kubernetes-permissions';
import { failureWords } from '../../src/view/messages/failure';
import { type OpenedAws, openInSandbox } from '../aws/open-aws';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { openKubernetes } from './open-kubernetes';

const CLUSTER = 'trading-prod';
const never = new AbortController().signal;

let sandbox: TestSandbox;
let opened: Awaited<ReturnType<typeof openInSandbox>> & OpenedAws;
let kubernetes: Kubernetes;
let cluster: ClusterClient;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  await sandbox.control.settings({ kubernetes: { access: { [CLUSTER]: 'view' } } });
  opened = await openInSandbox(sandbox);
  kubernetes = openKubernetes(() => opened.session);
  cluster = kubernetes.cluster(opened.session.connection, CLUSTER);
});
afterAll(async () => {
  kubernetes.dispose();
  await opened.close();
  await sandbox.stop();
});

/** Undefined where it works; else what is missing, which the words for the user have to name. */
async function missing(call: () => Promise<unknown>): Promise<string | undefined> {
  const failure = await call().then(
    () => undefined,
    (thrown: unknown) => failureOf(thrown),
  );
  return failure && missingIn(failure);
}

function missingIn(failure: Failure): string {
  if (failure.kind !== 'kubernetes' || failure.reason !== 'forbidden')
    throw new Error(JSON.stringify(failure));
  const { verb, resource, namespace } = failure;
  const named = [verb, resource, ...(namespace === undefined ? [] : [namespace])];
  const words = failureWords(failure);
  for (const word of named) expect(words).toContain(word);
  return named.join(' ');
}

it('all that they allow works, the rest says what is missing, and nothing else is asked for', async () => {
  const { interactive } = cluster;
  const workloads = cluster.workloads('interactive');
  const at = { kind: 'StatefulSet', namespace: 'tick', name: 'hdb' } as const;
  const hdb = await workloads.read(at, never);
  const [pod] = await interactive.podsMatching('tick', hdb.selector, never);
  const { uid, name, namespace, nodeName } = pod!;
  const ref = { uid, name, namespace };
  const [container] = (await workloads.pods(hdb, never))[0]!.containers.slice(-1);

  const leaving = new AbortController();
  let refused: string | undefined;
  // Following a log takes the right that reading it takes.
  const drain: Readonly<
    Record<Exclude<keyof typeof interactive, 'followLog'>, [() => Promise<unknown>, string?]>
  > = {
    nodes: [() => interactive.nodes(undefined, never), 'list nodes'],
    podsOn: [() => interactive.podsOn([nodeName!], never)],
    podsMatching: [() => interactive.podsMatching('tick', hdb.selector, never)],
    budgets: [() => interactive.budgets(never)],
    // Asked of many pods at once, each answer stands beside its pod, in Kubernetes' words.
    askEviction: [
      async () => {
        const answer = await interactive.askEviction(ref, never);
        const said = /cannot (create) resource "(pods\/eviction)" .* in the namespace "(tick)"/;
        refused = answer.code === 'forbidden' ? said.exec(answer.message)?.slice(1).join(' ') : answer.code;
      },
    ],
    events: [() => interactive.events(ref, never)],
    log: [() => interactive.log(ref, { previous: false, lines: 5 }, never)],
  };
  const deploy: Readonly<Record<keyof Workloads, [() => Promise<unknown>, string?]>> = {
    arn: [() => workloads.arn(never)],
    list: [() => workloads.list([], never)],
    read: [() => workloads.read(at, never)],
    pods: [() => workloads.pods(hdb, never)],
    watch: [() => workloads.watch(at, () => undefined, leaving.signal)],
    budgets: [() => workloads.budgets(hdb, never)],
    claims: [() => workloads.claims(hdb, never)],
    apply: [
      () => workloads.apply(at, { uid: hdb.uid, annotations: {}, dryRun: true }, never),
      'patch statefulsets.apps tick',
    ],
    deletePod: [() => workloads.deletePod(ref, never), 'delete pods tick'],
    events: [() => workloads.events(ref, never)],
    lines: [() => workloads.lines({ ...ref, container: container!.name, most: 5 }, never)],
    lastLines: [() => workloads.lastLines(ref, container!.name, 5, never)],
  };
  for (const [method, [call, lacks]] of [...Object.entries(drain), ...Object.entries(deploy)]) {
    expect({ method, missing: await missing(call) }).toEqual({ method, missing: lacks });
  }
  expect(refused).toBe('create pods/eviction tick');
  expect((await workloads.list([], never)).unread).toBeUndefined();

  const seen: { state?: WatchedNodes } = {};
  const changed = (state: WatchedNodes): void => {
    seen.state = state;
  };
  cluster.watch.watch(undefined, { changed, interrupted: () => undefined }, leaving.signal);
  await expect.poll(() => seen.state?.pods.size, { timeout: 30_000 }).toBeGreaterThan(0);
  leaving.abort();
  const { denied = {}, budgets } = seen.state!;
  expect(Object.entries(denied).map(([what, failure]) => [what, missingIn(failure)])).toEqual([
    ['nodes', 'list nodes'],
  ]);
  expect(budgets.size).toBeGreaterThan(0);

  const named = KUBERNETES_PERMISSIONS.flatMap(({ verbs, resource }) =>
    verbs.map((verb) => `${verb} ${resource}`),
  );
  const asked = (await sandbox.control.requests({ service: 'kubernetes' })).map(({ operation }) => operation);
  expect([...new Set(asked)].filter((one) => !named.some((name) => name === one))).toEqual([]);
  expect(asked.length).toBeGreaterThan(Object.keys(drain).length);
}, 60_000);
