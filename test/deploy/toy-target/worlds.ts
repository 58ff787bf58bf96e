/** Where the scenarios that every kind of target has to pass are played: the sandbox for kdb clusters and workloads, shelves for the toy. */

import { finspaceKind } from '../../../src/deploy/finspace/kind';
import { finspaceTarget } from '../../../src/deploy/finspace/target';
import { createCodeFollower } from '../../../src/deploy/follow/code-follower';
import { kubernetesKind } from '../../../src/deploy/kubernetes/kind';
import { TargetKinds } from '../../../src/deploy/port/target-kind';
import type { CodeConfiguration } from '../../../src/model/code';
import { kubernetesWorld } from '../kubernetes/world';
import { hasty, PROD, type Shop } from '../shop';
import { Shelves } from './shelves';
import { toyKind } from './toy-kind';
import { toyTarget } from './toy-target';
import type { World } from './world';

const BY_SOMEBODY: CodeConfiguration['commandLineArguments'] = [{ key: 'by', value: 'somebody' }];

/** Kdb clusters of the sandbox. */
async function finspaceWorld(shop: Shop): Promise<World> {
  const { control } = shop.sandbox;
  await control.reset();
  const { finspace } = shop.ports;
  const target = (path: readonly string[]) => finspaceTarget(finspace, path);
  const foreign = async ([environmentId = '', clusterName = '']: readonly string[]) => {
    const { configuration } = await finspace.getCluster(environmentId, clusterName, NEVER);
    const { code } = (await shop.cluster(clusterName)).configuration;
    const { initializationScript } = configuration;
    await control.foreign({
      kind: 'kdb-configuration',
      environmentId,
      clusterName,
      configuration: {
        ...(code && { code }),
        ...(initializationScript !== undefined && { initializationScript }),
        commandLineArguments: [...BY_SOMEBODY],
      },
    });
  };
  return {
    kind: finspaceKind,
    kinds: new TargetKinds(finspaceKind),
    paths: [
      [PROD, 'eq-rdb'],
      [PROD, 'eq-hdb'],
    ],
    target,
    follower: createCodeFollower(finspaceKind, async ({ path }) => target(path), hasty),
    served: async (path) => (await target(path).look(NEVER)).configuration,
    meddle: foreign,
    replace: async () => undefined,
    occupy: async (path) => {
      const state = await target(path).look(NEVER);
      const { code } = state.configuration;
      if (code === undefined) throw new Error('there is no code to send again');
      const { send } = await state.prepare({ ...state.configuration, code }, 'ROLLING', UNREAD);
      await send(NEVER);
    },
    taken: async () =>
      (await control.state()).kdbClusters.reduce((sum, { updates }) => sum + updates.length, 0),
    update: { service: 'finspace', operation: 'UpdateKxClusterCodeConfiguration' },
    pass: () => control.advance(60_000),
    asking: 'FORCE',
    automatic: 'ROLLING',
    supersedes: false,
  };
}

/** Shelves in memory. */
async function toyWorld(): Promise<World> {
  const paths = [
    ['cellar', 'left'],
    ['cellar', 'right'],
  ] as const;
  const shelves = new Shelves(paths);
  const target = (path: readonly string[]) => toyTarget(shelves, path);
  const meddled = (path: readonly string[]): CodeConfiguration => ({
    ...shelves.look(path).configuration,
    commandLineArguments: BY_SOMEBODY,
  });
  return {
    kind: toyKind,
    kinds: new TargetKinds(toyKind),
    paths,
    target,
    follower: createCodeFollower(toyKind, async ({ path }) => target(path), hasty),
    served: async (path) => shelves.look(path).configuration,
    meddle: async (path) => shelves.set(path, meddled(path)),
    replace: async (path) => {
      shelves.makeAnew(path);
      return 'made';
    },
    occupy: async (path) => shelves.occupy(path),
    taken: async () => shelves.taken.length,
    update: undefined,
    pass: async () => undefined,
    asking: 'EMPTY',
    automatic: 'PUT',
    supersedes: false,
  };
}

/** A kind that names no digest reads none. */
const UNREAD = { sha256: () => Promise.reject(new Error('nobody should ask')) };
const NEVER = new AbortController().signal;

/** One for each kind of target. */
export const WORLDS: readonly {
  readonly kind: string;
  readonly open: (shop: Shop) => Promise<World>;
}[] = [
  { kind: finspaceKind.id, open: finspaceWorld },
  { kind: kubernetesKind.id, open: kubernetesWorld },
  { kind: toyKind.id, open: toyWorld },
];
