/** docs/permissions.md says what Slipway asks of a cluster: all of it, and nothing else. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Workloads } from '../../src/deploy/kubernetes/ports';
import { KUBERNETES_PERMISSIONS } from '../../src/model/kubernetes-permissions';
import type { WorkloadKind } from '../../src/model/workload';
import { makeAuthority } from './certificates';
import { claim, listOf, pod, workload } from './objects';
import { openTestCluster } from './open';
import { json, startScriptedApi, status } from './scripted-api';

const PAGE = readFileSync(resolve(import.meta.dirname, '../../docs/permissions.md'), 'utf8');
const never = new AbortController().signal;

/** `verb resource.group` of each. */
const CATALOGUE = KUBERNETES_PERMISSIONS.flatMap(({ verbs, resource, group }) =>
  verbs.map((verb) => `${verb} ${resource}${group === '' ? '' : `.${group}`}`),
).sort();

it('the page lists what the catalogue does', () => {
  const section = PAGE.slice(PAGE.indexOf('## Inside a cluster'));
  const rows = [...section.matchAll(/^\| (look|ask|deploy) \| ([a-z, ]+) \| (\S+) \| (\S*) ?\|$/gm)];
  const listed = rows.map(([, purpose, verbs = '', resource, group]) => ({
    purpose,
    verbs: verbs.split(', '),
    resource,
    group,
  }));
  expect(listed).toEqual(
    KUBERNETES_PERMISSIONS.map(({ purpose, verbs, resource, group }) => ({
      purpose,
      verbs,
      resource,
      group,
    })),
  );
});

it('everything that is asked of a cluster is in the catalogue, and nothing else is', async () => {
  const authority = await makeAuthority('trading');
  const api = await startScriptedApi(await authority.serverCertificate(['127.0.0.1']));
  const cluster = openTestCluster({
    api: { url: `https://127.0.0.1:${api.port}`, certificateAuthority: authority.pem },
  });
  const one = pod('hdb-0') as { metadata: { uid: string } };
  api.answer((request, response) => {
    const { path, query } = request;
    if (path.endsWith('/log')) response.end('words');
    else if (path.endsWith('/hdb-0')) json(one)(request, response);
    else if (/^\/apis\/apps\/v1\/\w+$/.test(path)) status(403, 'Forbidden', 'not all')(request, response);
    else if (/\/(deployments|statefulsets)$/.test(path)) json(listOf([]))(request, response);
    else if (path.endsWith('/persistentvolumeclaims/db')) json(claim('db'))(request, response);
    else if (path.includes('/apis/apps/')) json(workload('hdb'))(request, response);
    else if (query['watch'] === 'true') response.writeHead(200).flushHeaders();
    else json(listOf([]))(request, response);
  });
  const ref = { namespace: 'kdb', name: 'hdb-0', uid: one.metadata.uid };
  const calls: { readonly [method in keyof typeof cluster.interactive]: () => Promise<unknown> } = {
    nodes: () => cluster.interactive.nodes(undefined, never),
    podsOn: () => cluster.interactive.podsOn(['a'], never),
    podsMatching: () =>
      cluster.interactive.podsMatching('kdb', { matchLabels: {}, matchExpressions: [] }, never),
    budgets: () => cluster.interactive.budgets(never),
    askEviction: () => cluster.interactive.askEviction(ref, never),
    events: () => cluster.interactive.events(ref, never),
    log: () => cluster.interactive.log(ref, { previous: false, lines: 10 }, never),
    followLog: () => cluster.interactive.followLog(ref, undefined, () => undefined, never),
  };
  expect(Object.keys(calls).sort()).toEqual(Object.keys(cluster.interactive).sort());
  for (const call of Object.values(calls)) await call();
  const workloads = cluster.workloads('interactive');
  const leaving = new AbortController();
  const watches = (): number => api.received.filter(({ query }) => query['watch'] === 'true').length;
  const about = async (kind: WorkloadKind): Promise<void> => {
    const at = { kind, namespace: 'kdb', name: 'hdb' };
    const onWorkloads: { readonly [method in keyof Workloads]: () => Promise<unknown> } = {
      arn: () => workloads.arn(never),
      list: () => workloads.list(['kdb'], never).catch(() => undefined),
      read: () => workloads.read(at, never),
      pods: async () => workloads.pods(await workloads.read(at, never), never),
      watch: () => workloads.watch(at, () => undefined, leaving.signal),
      apply: () => workloads.apply(at, { uid: 'u', annotations: {} }, never),
      deletePod: () => workloads.deletePod(ref, never),
      budgets: async () => workloads.budgets(await workloads.read(at, never), never),
      claims: async () => workloads.claims({ ...(await workloads.read(at, never)), claims: ['db'] }, never),
      events: () => workloads.events(ref, never),
      lines: () => workloads.lines({ namespace: 'kdb', name: 'hdb-0', container: 'q', most: 10 }, never),
      lastLines: () => workloads.lastLines(ref, 'q', 10, never),
    };
    expect(Object.keys(onWorkloads).sort()).toEqual(Object.keys(workloads).sort());
    for (const call of Object.values(onWorkloads)) await call();
  };
  await about('Deployment');
  await about('StatefulSet');
  // One for each kind, and one of the pods for both.
  await expect.poll(watches).toBe(3);
  const listener = { changed: () => undefined, interrupted: () => undefined };
  cluster.watch.watch(undefined, listener, leaving.signal);
  await expect.poll(watches, { timeout: 10_000 }).toBe(6);
  leaving.abort();
  await expect.poll(() => cluster.entries.filter(({ verb }) => verb === 'watch').length).toBe(6);
  const sent = cluster.entries.map(({ verb, resource }) => `${verb} ${resource.split(' ')[0]}`);
  expect([...new Set(sent)].sort()).toEqual(CATALOGUE);
  cluster.close();
  await api.close();
});
