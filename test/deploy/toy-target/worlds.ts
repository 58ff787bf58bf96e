/** Where the scenarios that every kind of target has to pass are played: the sandbox for kdb clusters, shelves for the toy. */

import { finspaceKind } from '../../../src/deploy/finspace/kind';
import { finspaceTarget } from '../../../src/deploy/finspace/target';
import { createCodeFollower } from '../../../src/deploy/follow/code-follower';
import type { DeployTarget } from '../../../src/deploy/port/deploy-target';
import type { TargetKind } from '../../../src/deploy/port/target-kind';
import { TargetKinds } from '../../../src/deploy/port/target-kinds';
import type { CodeConfiguration } from '../../../src/model/code';
import { hasty, PROD, type Shop } from '../shop';
import { Shelves } from './shelves';
import { toyKind } from './toy-kind';
import { toyTarget } from './toy-target';

export interface World {
  readonly kind: TargetKind;
  readonly kinds: TargetKinds;
  /** Two that code can be deployed to. */
  readonly paths: readonly [readonly string[], readonly string[]];
  readonly target: (path: readonly string[]) => DeployTarget;
  readonly follower: ReturnType<typeof createCodeFollower>;
  /** What runs there now. */
  readonly served: (path: readonly string[]) => Promise<CodeConfiguration>;
  /** Somebody else replaces script and arguments. */
  readonly meddle: (path: readonly string[]) => Promise<void>;
  /**
   * Somebody else puts another one of that name there, with the same configuration. Tells by which part the kind sees it;
   * undefined for one that does not.
   */
  readonly replace: (path: readonly string[]) => Promise<string | undefined>;
  /** Somebody else has begun a change that is not over yet. */
  readonly occupy: (path: readonly string[]) => Promise<void>;
  /** Updates that were taken since the world began. */
  readonly taken: () => Promise<number>;
  /** Lets the service work on what it took. */
  readonly pass: () => Promise<void>;
  /** The strategy that asks first. */
  readonly asking: string;
  /** The one that is chosen where nobody does, on both paths. */
  readonly automatic: string;
}

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
      await state.prepare({ ...state.configuration, code }, 'ROLLING').send(NEVER);
    },
    taken: async () =>
      (await control.state()).kdbClusters.reduce((sum, { updates }) => sum + updates.length, 0),
    pass: () => control.advance(60_000),
    asking: 'FORCE',
    automatic: 'ROLLING',
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
    pass: async () => undefined,
    asking: 'EMPTY',
    automatic: 'PUT',
  };
}

const NEVER = new AbortController().signal;

/** One for each kind of target. */
export const WORLDS: readonly {
  readonly kind: string;
  readonly open: (shop: Shop) => Promise<World>;
}[] = [
  { kind: finspaceKind.id, open: finspaceWorld },
  { kind: toyKind.id, open: toyWorld },
];
