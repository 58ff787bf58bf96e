/** What the page of a thing says of the things inside it, beside the table that lists them. */
import { describe, expect, it } from 'vitest';
import { eksClusterThing } from '../../src/view/pages/things/eks-cluster';
import { environmentThing } from '../../src/view/pages/things/environment';
import type { Inner } from '../../src/view/pages/things/inner';
import { listedThing } from '../../src/view/pages/things/listed';
import type { EksClusterNode } from '../../src/view/resources/kinds/eks-cluster';
import type { EnvironmentNode } from '../../src/view/resources/kinds/environment';
import type { KdbClusterNode } from '../../src/view/resources/kinds/kdb-cluster';
import type { NodegroupNode } from '../../src/view/resources/kinds/nodegroup';
import { nodegroup } from '../nodegroup/nouns';
import { exampleRow } from './example-rows';

function inner<N>(rows: readonly N[], parts: Partial<Inner<N>> = {}): Inner<N> {
  return { rows, isReading: false, hasMore: false, busy: new Map(), ...parts };
}

describe('node groups that need attention', () => {
  const row = exampleRow('eks-cluster') as EksClusterNode;
  const group = (name: string, parts: Partial<NodegroupNode>): NodegroupNode => ({
    kind: 'nodegroup',
    id: `${row.id}/${name}`,
    parent: row,
    name,
    ...parts,
  });
  const FAILED = {
    version: '1.33',
    status: 'CREATE_FAILED',
    phase: 'failed',
    amiType: 'AL2023_x86_64_STANDARD',
  } as const;
  const problems = (rows: readonly NodegroupNode[]) =>
    eksClusterThing(row, { issues: [], nodegroups: inner(rows) }).problems;

  it('are counted as the table shows them, also if they are only remembered', () => {
    const rows = [
      group('read', { details: nodegroup(FAILED) }),
      group('remembered', { remembered: FAILED }),
      group('unseen', {}),
    ];
    expect(problems(rows)).toMatchObject([
      {
        tone: 'error',
        title: '2 of 3 node groups need attention.',
        help: 'The table below says which, and why.',
      },
    ]);
  });

  it('are looked for in the tree if the table is too short for one of them', () => {
    const fine = Array.from({ length: 200 }, (_, index) => group(`fine-${index}`, {}));
    expect(problems([...fine, group('last', { remembered: FAILED })])).toMatchObject([
      {
        title: '1 of 201 node groups need attention.',
        help: 'The tree of the Resources view says which, and why; the table below has not all of them.',
      },
    ]);
  });
});

it('clusters that failed are counted among those that were read', () => {
  const { summary, ...rest } = exampleRow('kdb-cluster') as KdbClusterNode;
  const failed: KdbClusterNode = { ...rest, summary: { ...summary, phase: 'failed' } };
  const plain = listedThing(exampleRow('environment') as EnvironmentNode, 0);
  const state = (hasMore: boolean): string =>
    environmentThing(plain, inner([failed, { ...failed, summary }], { hasMore })).state.text;
  expect(state(false)).toBe('Ready; 1 of 2 clusters failed');
  expect(state(true)).toBe('Ready; 1 of the first 2 clusters failed');
});
