/** Workloads of the sandbox's trading cluster, as tests deploy to them and as others change them. */

import { targetAt } from '../../../src/commands/target-kinds';
import { createCodeFollower } from '../../../src/deploy/follow/code-follower';
import { kubernetesKind } from '../../../src/deploy/kubernetes/kind';
import { workloadIn } from '../../../src/deploy/kubernetes/place';
import type { PlanInput } from '../../../src/deploy/plan/input';
import type { Operation } from '../../../src/operations/operation';
import type { KubernetesApi } from '../../sandbox/kubernetes/api';
import { hasty, type Shop } from '../shop';

const MINUTE = 60_000;
export const TRADING = 'trading-prod';
const inTick = (workload: string): readonly string[] => [TRADING, 'tick', workload];
/** Keeps the convention, without code so far. */
export const RDB = inTick('statefulset/rdb');
export const GW = inTick('deployment/gw');
/** Its pods are replaced when somebody deletes them. */
export const EOD = inTick('statefulset/eod');

/** Path of a workload in the cluster's API. */
export function apiPath(path: readonly string[]): string {
  const { kind, namespace, name } = workloadIn(path);
  return `/apis/apps/v1/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`;
}

/** Somebody else writes annotations of a pod template, as kubectl does; null takes one away. */
export async function annotate(
  api: KubernetesApi,
  path: readonly string[],
  annotations: Readonly<Record<string, string | null>>,
  manager = 'kubectl-edit',
): Promise<void> {
  await change(api, path, { spec: { template: { metadata: { annotations } } } }, manager);
}

/** Somebody else changes a workload. */
export async function change(
  api: KubernetesApi,
  path: readonly string[],
  patch: unknown,
  manager = 'kubectl-edit',
): Promise<void> {
  const type = 'application/merge-patch+json';
  const { status } = await api.send('PATCH', `${apiPath(path)}?fieldManager=${manager}`, patch, { type });
  if (status !== 200) throw new Error(`the change was not taken: ${status}`);
}

/** Deletes a workload and makes one anew that is the same. */
export async function replace(api: KubernetesApi, path: readonly string[]): Promise<void> {
  const { json } = await api.get(apiPath(path));
  const { name, labels, annotations } = json.metadata;
  await api.send('DELETE', apiPath(path), { propagationPolicy: 'Background' });
  const anew = {
    apiVersion: 'apps/v1',
    kind: json.kind,
    metadata: { name, labels, annotations },
    spec: json.spec,
  };
  const { status } = await api.send('POST', apiPath(path).replace(/\/[^/]+$/, ''), anew);
  if (status !== 201) throw new Error(`it was not made anew: ${status}`);
}

/** Deploys the shop's folder to a workload, as the workload allows. */
export function inputFor(shop: Shop, path: readonly string[], more: Partial<PlanInput> = {}): PlanInput {
  return shop.input('', { strategy: 'automatic', ...more }, { kind: kubernetesKind, path });
}

/** Requests that changed a workload and were taken since the log was cleared. */
export async function takenIn({ sandbox }: Shop): Promise<number> {
  const asked = await sandbox.control.requests({ service: 'kubernetes' });
  return asked.filter(
    ({ method, query, status }) =>
      method === 'PATCH' && status === 200 && /slipway/.test(query) && !/dryRun/.test(query),
  ).length;
}

/** Looks at a sent operation, a minute apart by the clock of the sandbox and by ours, until it ends. */
export async function followByMinutes(shop: Shop, id: string): Promise<Operation> {
  let passed = 0;
  const clock = { ...hasty, now: () => Date.now() + passed };
  const target = (path: readonly string[]) => targetAt({ kind: kubernetesKind, path }, shop.ports);
  const { poll } = createCodeFollower(kubernetesKind, async ({ path }) => target(path), clock);
  for (let looks = 0; looks < 30; looks += 1) {
    const seen = await poll(shop.ledger.operation(id)!, new AbortController().signal);
    if (seen.state === 'ended') {
      await shop.ledger.record(id, { type: 'ended', outcome: seen.outcome });
      return shop.ledger.operation(id)!;
    }
    if (seen.facts) await shop.ledger.record(id, { type: 'observed', facts: seen.facts });
    passed += MINUTE;
    await shop.sandbox.control.advance(MINUTE);
  }
  throw new Error(`The operation ${id} does not end.`);
}
