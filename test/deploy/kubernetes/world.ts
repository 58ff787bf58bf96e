/** The scenarios of all kinds of targets, played by workloads of the sandbox's trading cluster. */
import { createCodeFollower } from '../../../src/deploy/follow/code-follower';
import { kubernetesKind } from '../../../src/deploy/kubernetes/kind';
import { workloadIn } from '../../../src/deploy/kubernetes/place';
import { kubernetesTarget } from '../../../src/deploy/kubernetes/target';
import { TargetKinds } from '../../../src/deploy/port/target-kinds';
import { type KubernetesApi, kubernetesApi } from '../../sandbox/kubernetes/api';
import { hasty, type Shop } from '../shop';
import type { World } from '../toy-target/world';

const TRADING = 'trading-prod';
const NAMESPACE = 'tick';
const RDB: readonly string[] = [TRADING, NAMESPACE, 'statefulset/rdb'];
const GW: readonly string[] = [TRADING, NAMESPACE, 'deployment/gw'];

/** Path of a workload in the cluster's API. */
function apiPath(path: readonly string[]): string {
  const { kind, namespace, name } = workloadIn(path);
  return `/apis/apps/v1/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`;
}

/** Somebody else writes annotations of a pod template, as kubectl does; null takes one away. */
async function annotate(
  api: KubernetesApi,
  path: readonly string[],
  annotations: Readonly<Record<string, string | null>>,
  manager = 'kubectl-edit',
): Promise<void> {
  const body = { spec: { template: { metadata: { annotations } } } };
  const type = 'application/merge-patch+json';
  const { status } = await api.send('PATCH', `${apiPath(path)}?fieldManager=${manager}`, body, { type });
  if (status !== 200) throw new Error(`the annotations were not taken: ${status}`);
}

export async function kubernetesWorld(shop: Shop): Promise<World> {
  const { control } = shop.sandbox;
  await control.reset();
  const api = await kubernetesApi(shop.sandbox, TRADING);
  const target = (path: readonly string[]) => kubernetesTarget(shop.ports.workloads, path, hasty);
  return {
    kind: kubernetesKind,
    kinds: new TargetKinds(kubernetesKind),
    paths: [RDB, GW],
    target,
    follower: createCodeFollower(kubernetesKind, async ({ path }) => target(path), hasty),
    served: async (path) => (await target(path).look(NEVER)).configuration,
    meddle: (path) => annotate(api, path, { 'slipway.dev/arguments': '["-by","somebody"]' }),
    replace: async (path) => {
      const { json } = await api.get(apiPath(path));
      const { name, labels, annotations } = json.metadata;
      await api.send('DELETE', apiPath(path), { propagationPolicy: 'Background' });
      await control.advance(60_000);
      const { spec } = json;
      const anew = { apiVersion: 'apps/v1', kind: json.kind, metadata: { name, labels, annotations }, spec };
      const { status } = await api.send('POST', apiPath(path).replace(/\/[^/]+$/, ''), anew);
      if (status !== 201) throw new Error(`it was not made anew: ${status}`);
      return 'workload';
    },
    occupy: (path) => annotate(api, path, { 'of/others': String(Math.random()) }),
    taken: async () => {
      const patches = await control.requests({ service: 'kubernetes' });
      return patches.filter(
        ({ method, query, status }) =>
          method === 'PATCH' && status === 200 && /slipway/.test(query) && !/dryRun/.test(query),
      ).length;
    },
    pass: () => control.advance(30_000),
    asking: 'FORCE',
    automatic: 'ROLLING',
    supersedes: true,
  };
}

const NEVER = new AbortController().signal;
