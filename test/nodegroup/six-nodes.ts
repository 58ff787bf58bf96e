/** A node group of six nodes in a sandbox, and how many of them are replaced in truth, read with none of Slipway's code. */
import { EKSClient, UpdateNodegroupConfigCommand } from '@aws-sdk/client-eks';
import { expect } from 'vitest';
import type { KubernetesApi } from '../sandbox/kubernetes/api';
import type { TestSandbox } from '../sandbox/start';

export const CLUSTER = 'market-data';
export const GROUP = 'hardened';
export const NODES = 6;
export const MINUTE = 60_000;
/** Milliseconds: watches that broke rest for seconds before they are tried again. */
export const PATIENCE = { timeout: 60_000, interval: 20 };

export interface UpdateSettings {
  readonly maxUnavailable: number;
  readonly updateStrategy?: 'DEFAULT' | 'MINIMAL';
}

/** A sample shop anew, in which the group has six nodes. */
export async function configured(
  sandbox: TestSandbox,
  config: UpdateSettings = { maxUnavailable: 1 },
): Promise<void> {
  await sandbox.control.reset();
  const eks = new EKSClient(sandbox.client);
  await eks.send(
    new UpdateNodegroupConfigCommand({
      clusterName: CLUSTER,
      nodegroupName: GROUP,
      scalingConfig: { minSize: 1, maxSize: NODES + 3, desiredSize: NODES },
      updateConfig: { updateStrategy: 'DEFAULT', ...config },
    }),
  );
  eks.destroy();
  await sandbox.control.advance(20 * MINUTE);
}

interface NodeSeen {
  readonly metadata: { readonly uid: string };
  readonly status: { readonly conditions: readonly { readonly type: string; readonly status: string }[] };
}

/** The nodes of the group as the sandbox has them. */
async function nodesNow(api: KubernetesApi): Promise<readonly NodeSeen[]> {
  const selector = encodeURIComponent(`eks.amazonaws.com/nodegroup=${GROUP}`);
  const { json } = await api.get(`/api/v1/nodes?labelSelector=${selector}`);
  return json.items as unknown as readonly NodeSeen[];
}

/** Counts what is replaced in truth: old nodes that are gone, and have a ready one in their place. */
export async function judgeOf(api: KubernetesApi) {
  const old = new Set((await nodesNow(api)).map(({ metadata }) => metadata.uid));
  expect(old.size).toBe(NODES);
  return async (): Promise<number> => {
    const now = await nodesNow(api);
    const left = now.filter(({ metadata }) => old.has(metadata.uid)).length;
    const ready = now.filter(
      ({ metadata, status }) =>
        !old.has(metadata.uid) &&
        status.conditions.some((one) => one.type === 'Ready' && one.status === 'True'),
    ).length;
    return Math.min(NODES - left, ready);
  };
}
