/** What update settings mean for an update, and who else manages a node group. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UpdateConfig } from '../../src/model/eks';
import { managersOf } from '../../src/nodegroup/rules/managers';
import { rolloutEstimate } from '../../src/nodegroup/rules/rollout-estimate';
import { templateNumber } from '../../src/nodegroup/rules/template';
import { cluster, nodegroup, subnet } from './nouns';

describe('pace', () => {
  const three = ['a', 'b', 'c'];
  const zones = [subnet('a', 1, 'az1'), subnet('b', 1, 'az2'), subnet('c', 1, 'az2')];
  const rows: readonly (readonly [UpdateConfig, number, readonly [number, number], number])[] = [
    [{}, 3, [1, 1], 4],
    [{ maxUnavailable: 1 }, 3, [1, 1], 4],
    [{ maxUnavailable: 20 }, 40, [20, 20], 20],
    [{ maxUnavailable: 100 }, 400, [100, 100], 100],
    [{ maxUnavailablePercentage: 33 }, 10, [3, 4], 4],
    [{ maxUnavailablePercentage: 1 }, 10, [1, 1], 4],
    [{ maxUnavailablePercentage: 100 }, 300, [100, 100], 100],
    [{ maxUnavailablePercentage: 50, updateStrategy: 'MINIMAL' }, 10, [5, 5], 0],
  ];
  it.each(rows)('%j with %i nodes', (updateConfig, desired, [least, most], extraNodes) => {
    const group = nodegroup({ updateConfig, scaling: { desired }, subnetIds: three });
    expect(rolloutEstimate(group, zones)).toMatchObject({
      nodes: desired,
      parallel: { least, most },
      extraNodes,
    });
  });

  it('counts each subnet as a zone where zones are not known, so that it never promises too little', () => {
    expect(rolloutEstimate(nodegroup({ subnetIds: three }), undefined).extraNodes).toBe(6);
    expect(rolloutEstimate(nodegroup({ subnetIds: three }), [subnet('a', 1, 'az1')]).extraNodes).toBe(6);
  });

  it('has the 16 minutes that AWS measured for three nodes within its range', () => {
    const { minutes } = rolloutEstimate(nodegroup(), undefined);
    expect(minutes?.least).toBeLessThanOrEqual(16);
    expect(minutes?.most).toBeGreaterThanOrEqual(16);
  });

  it('takes longer with more nodes and shorter with more at once', () => {
    const count = fc.integer({ min: 0, max: 500 });
    const atOnce = fc.integer({ min: 1, max: 99 });
    const pace = (desired: number, maxUnavailable: number) => {
      const { minutes } = rolloutEstimate(
        nodegroup({ scaling: { desired }, updateConfig: { maxUnavailable } }),
        undefined,
      );
      if (!minutes) throw new Error('no minutes');
      return minutes;
    };
    fc.assert(
      fc.property(count, atOnce, (nodes, some) => {
        const { least, most } = pace(nodes, some);
        expect(least).toBeLessThanOrEqual(most);
        expect(pace(nodes + 1, some).most).toBeGreaterThanOrEqual(most);
        expect(pace(nodes, some + 1).most).toBeLessThanOrEqual(most);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('managers', () => {
  const rows: readonly (readonly [string, Parameters<typeof nodegroup>[0], readonly string[]])[] = [
    ['nobody', { tags: { Team: 'oms', 'karpenter.sh/discovery': 'prod' } }, []],
    ['CloudFormation', { tags: { 'aws:cloudformation:stack-name': 'nodes' } }, ['cloudformation']],
    ['Terraform by tag', { tags: { Terraform: 'true' } }, ['terraform']],
    ['Terraform by value', { tags: { 'managed-by': 'Terraform' } }, ['terraform']],
    ['OpenTofu', { tags: { 'managed-by': 'opentofu' } }, ['terraform']],
    ['Terraform by name prefix', { name: 'workers-20260801120000123400000001' }, ['terraform']],
    [
      'eksctl and its stack',
      {
        tags: { 'alpha.eksctl.io/nodegroup-name': 'ng', 'aws:cloudformation:stack-id': 'x' },
      },
      ['cloudformation', 'eksctl'],
    ],
    ['eksctl by template', { launchTemplate: { name: 'eksctl-prod-nodegroup-ng' } }, ['eksctl']],
    ['Karpenter by tag', { tags: { 'karpenter.sh/nodepool': 'default' } }, ['karpenter']],
    ['Karpenter by template', { launchTemplate: { name: 'Karpenter-prod-123' } }, ['karpenter']],
    ['a ticket number is not Terraform', { name: 'workers-2026080112' }, []],
  ];
  it.each(rows)('%s', (_name, parts, names) => {
    expect(managersOf(nodegroup(parts), cluster()).map(({ name }) => name)).toEqual(names);
  });

  it("does not take the cluster's maker for the group's", () => {
    const tagged = cluster({ tags: { ManagedBy: 'terraform', 'karpenter.k8s.aws/cluster': 'prod' } });
    expect(managersOf(nodegroup(), tagged).map(({ name }) => name)).toEqual(['karpenter']);
  });
});

describe('template versions', () => {
  it.each([
    ['3', 3],
    ['$Default', undefined],
    ['$Latest', undefined],
    [undefined, undefined],
    ['', undefined],
    ['3.1', undefined],
  ])('%j without a list is %j', (text, number) => {
    expect(templateNumber(text, undefined)).toBe(number);
  });
});
