/** The scenarios of all kinds of targets, played by workloads of the sandbox's trading cluster. */
import { createCodeFollower } from '../../../src/deploy/follow/code-follower';
import { kubernetesKind } from '../../../src/deploy/kubernetes/kind';
import { kubernetesTarget } from '../../../src/deploy/kubernetes/target';
import { TargetKinds } from '../../../src/deploy/port/target-kind';
import { kubernetesApi } from '../../sandbox/kubernetes/api';
import { hasty, type Shop } from '../shop';
import type { World } from '../toy-target/world';
import { annotate, GW, RDB, replace, TRADING, takenIn } from './workloads';

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
      await replace(api, path);
      return 'workload';
    },
    occupy: (path) => annotate(api, path, { 'of/others': String(Math.random()) }),
    taken: () => takenIn(shop),
    update: { service: 'kubernetes', operation: 'patch statefulsets' },
    pass: () => control.advance(30_000),
    asking: 'FORCE',
    automatic: 'ROLLING',
    supersedes: true,
  };
}

const NEVER = new AbortController().signal;
