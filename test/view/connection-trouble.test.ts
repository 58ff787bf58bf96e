/** What keeps a whole connection from being read is said once, whichever lists it hits; the rest where it belongs. */
import { describe, expect, it } from 'vitest';
import { type Failure, failed } from '../../src/model/failure';
import type { ResourceNode } from '../../src/view/resources/node';
import type { ResourceSource } from '../../src/view/resources/source';
import { awsFailure } from '../nodegroup/nouns';
import { VirtualClock } from '../virtual-clock';
import { FleetAws } from './fleet-aws';
import { givenTree, type TestTree } from './given-tree';

/** A fleet that can be read until its credentials are gone. */
class Troubled extends FleetAws {
  failure: Failure | undefined;

  override get source(): ResourceSource {
    const { services, ...others } = super.source;
    return {
      ...others,
      services: async (...asked) => {
        if (this.failure) throw failed(this.failure);
        return services(...asked);
      },
    };
  }
}

const EXPIRED: Failure = { kind: 'credentials', problem: 'sso-login', profile: 'prod', message: 'expired' };
const SIZE = { environments: 2, kdbEach: 2, clusters: 2, nodegroupsEach: 2 };

/** Every row that the view shows, top first, as `kind` alone. */
async function kindsIn(tree: TestTree): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (rows: readonly ResourceNode[]): Promise<void> => {
    for (const row of rows) {
      found.push(row.kind);
      await visit(await tree.below(row));
    }
  };
  await visit(await tree.resources.children());
  return found;
}

function count(kinds: readonly string[], kind: string): number {
  return kinds.filter((one) => one === kind).length;
}

describe('expired credentials', () => {
  it('stand right below the connection, though every list fails of them', async () => {
    const aws = new Troubled(new VirtualClock(), SIZE);
    aws.failure = EXPIRED;
    const tree = givenTree(aws);
    await kindsIn(tree);
    await tree.rest();
    expect(await kindsIn(tree)).toEqual(['connection', 'failure', 'kdb', 'eks']);
  });

  it('stand there once beside all rows that were read before, and go with the next list that comes', async () => {
    const aws = new Troubled(new VirtualClock(), SIZE);
    const tree = givenTree(aws);
    await kindsIn(tree);
    await tree.rest();
    aws.failure = EXPIRED;
    void tree.resources.refresh();
    await tree.rest();
    const troubled = await kindsIn(tree);
    expect(troubled.slice(0, 3)).toEqual(['connection', 'failure', 'kdb']);
    expect(count(troubled, 'failure')).toBe(1);
    expect(count(troubled, 'kdb-cluster')).toBe(4);
    expect(tree.drawn.some(({ kind }) => kind === 'connection')).toBe(true);

    aws.failure = undefined;
    void tree.resources.refresh();
    await tree.rest();
    expect(count(await kindsIn(tree), 'failure')).toBe(0);
  });
});

it('what one service says stands in its own list', async () => {
  const aws = new FleetAws(new VirtualClock(), SIZE);
  aws.aws.failures = { ListClusters: awsFailure('access-denied', 'eks', 'ListClusters') };
  const tree = givenTree(aws);
  await kindsIn(tree);
  await tree.rest();
  const [connection] = await tree.resources.children();
  expect((await tree.below(connection!)).map(({ kind }) => kind)).toEqual(['kdb', 'eks']);
  expect((await tree.below(await tree.eks())).map(({ kind }) => kind)).toEqual(['failure']);
});
