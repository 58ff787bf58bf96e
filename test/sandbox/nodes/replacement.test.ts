/** UpdateNodegroupVersion replaces the nodes of a group in its cluster. */
import { describe, expect, it } from 'vitest';
import { isReady } from '../../../src/sandbox/kubernetes/kinds';
import { type GroupOnTrial, groupOnTrial } from './world';

/** Six nodes with a tick plant on them. */
const FEED = ['trading-prod', 'feed-handlers'] as const;

/** What an onlooker sees of an update from its start to its end. */
function watched(trial: GroupOnTrial, input: Parameters<GroupOnTrial['update']>[0] = {}, minutes = 60) {
  const old = new Set(trial.nodes().map(({ metadata }) => metadata.uid));
  const budgets = () => trial.cluster.store.list('poddisruptionbudgets', 'tick');
  const seen = {
    replaced: [] as number[],
    most: 0,
    goneAtOnce: 0,
    cordoned: new Set<number>(),
    fewestHealthy: true,
  };
  const update = trial.update(input);
  trial.pass(minutes, () => {
    const nodes = trial.nodes();
    const left = nodes.filter(({ metadata }) => old.has(metadata.uid));
    const gone = old.size - left.length;
    if (seen.replaced.at(-1) !== gone) seen.replaced.push(gone);
    seen.most = Math.max(seen.most, nodes.length);
    if (gone === 0) seen.cordoned.add(left.filter(({ spec }) => spec.unschedulable).length);
    const emptying = left.filter(({ metadata }) =>
      trial.pods('tick').some((pod) => pod.spec.nodeName === metadata.name && pod.metadata.deletionTimestamp),
    );
    seen.goneAtOnce = Math.max(seen.goneAtOnce, emptying.length);
    seen.fewestHealthy &&= budgets().every(
      ({ status }) => Number(status?.['currentHealthy']) >= Number(status?.['desiredHealthy']),
    );
  });
  return { update, old, seen };
}

describe('an update of six nodes', () => {
  it('adds nodes first, cordons all old ones at once, and replaces one after the other', () => {
    const trial = groupOnTrial(...FEED);
    const { update, old, seen } = watched(trial, { version: '1.31' });
    expect(update).toMatchObject({ status: 'Successful', errors: [] });
    expect(seen.replaced).toEqual([0, 1, 2, 3, 4, 5, 6]);
    // Twice the zones more.
    expect(seen.most).toBe(12);
    expect([...seen.cordoned]).toEqual([0, 6]);
    expect(seen.goneAtOnce).toBe(1);
    expect(seen.fewestHealthy).toBe(true);
    const nodes = trial.nodes();
    expect(nodes).toHaveLength(6);
    for (const { metadata, status, spec } of nodes) {
      expect(old.has(metadata.uid)).toBe(false);
      expect(spec.unschedulable).toBeUndefined();
      expect(status['nodeInfo']).toMatchObject({ kubeletVersion: expect.stringMatching(/^v1\.31\.13-eks-/) });
      expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
    }
    expect(trial.pods('tick').every((pod) => isReady(pod))).toBe(true);
  });

  it('takes as long as its turns do', () => {
    const trial = groupOnTrial(...FEED);
    const update = trial.update({ version: '1.31' });
    trial.pass(27);
    expect(update.status).toBe('InProgress');
    trial.pass(1);
    expect(update.status).toBe('Successful');
  });

  it('replaces three at a time where three may be unavailable', () => {
    const trial = groupOnTrial(...FEED);
    trial.group.change({ updateConfig: { maxUnavailable: 3 } }, 0);
    const { update, seen } = watched(trial, { version: '1.31' });
    expect(update.status).toBe('Successful');
    expect(seen.replaced.at(-1)).toBe(6);
    expect(seen.goneAtOnce).toBeGreaterThan(1);
    expect(seen.goneAtOnce).toBeLessThanOrEqual(3);
    expect(seen.fewestHealthy).toBe(true);
  });

  it('adds none beforehand with MINIMAL', () => {
    const trial = groupOnTrial(...FEED);
    trial.group.change({ updateConfig: { maxUnavailable: 1, updateStrategy: 'MINIMAL' } }, 0);
    const { update, seen } = watched(trial, { version: '1.31' });
    expect([update.status, update.errors]).toEqual(['Successful', []]);
    expect(seen.most).toBe(6);
    expect([...seen.cordoned]).toEqual([0, 6]);
    expect(seen.replaced).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(seen.fewestHealthy).toBe(true);
  });

  it('of the launch template alone tells old and new apart by its version', () => {
    const trial = groupOnTrial('market-data', 'hardened');
    const { update, seen } = watched(trial, {
      version: '1.33',
      launchTemplate: { name: 'market-data-hardened', version: '3' },
    });
    expect(update.status).toBe('Successful');
    expect(seen.replaced.at(-1)).toBe(3);
    expect(
      trial.nodes().map(({ metadata }) => metadata.labels?.['eks.amazonaws.com/sourceLaunchTemplateVersion']),
    ).toEqual(['3', '3', '3']);
  });
});

describe('a drain that a budget blocks', () => {
  const OMS = ['trading-prod', 'oms-guarded'] as const;
  const GUARDED = 'ip-10-20-14-201.ec2.internal';

  it('fails by itself after a quarter of an hour, names the node, and leaves no sign but the audit log', () => {
    const trial = groupOnTrial(...OMS);
    const before = trial.cluster.store.list('events', 'oms').length;
    const update = trial.update({ version: '1.32' });
    const begun = trial.nodes().findIndex(({ metadata }) => metadata.name === GUARDED);
    expect(begun).toBe(0);
    trial.pass(17);
    expect(update.status).toBe('InProgress');
    expect(trial.nodes().find(({ metadata }) => metadata.name === GUARDED)?.spec.unschedulable).toBe(true);
    expect(trial.cluster.store.list('events', 'oms')).toHaveLength(before);
    trial.pass(2);
    expect(update).toMatchObject({
      status: 'Failed',
      errors: [{ errorCode: 'PodEvictionFailure', resourceIds: [GUARDED] }],
    });
    expect(new Set(trial.refusals())).toEqual(new Set(['order-book-0']));
    expect(trial.refusals()).toHaveLength(20);
    const book = trial.pods('oms').find(({ metadata }) => metadata.name === 'order-book-0');
    expect(book).toMatchObject({ spec: { nodeName: GUARDED } });
    expect(book?.metadata.deletionTimestamp).toBeUndefined();
  });

  it('leaves a group of its old size that pods can run on', () => {
    const trial = groupOnTrial(...OMS);
    trial.update({ version: '1.32' });
    trial.pass(60);
    expect(trial.nodes()).toHaveLength(4);
    expect(trial.nodes().filter(({ spec }) => spec.unschedulable)).toEqual([]);
    expect(trial.group.state).toMatchObject({ status: 'DEGRADED', version: '1.31' });
  });

  it('goes through with force', () => {
    const trial = groupOnTrial(...OMS);
    const update = trial.update({ version: '1.32', force: true });
    trial.pass(20);
    expect(update.status).toBe('Successful');
    expect(trial.nodes().some(({ metadata }) => metadata.name === GUARDED)).toBe(false);
    expect(trial.pods('oms').every((pod) => isReady(pod))).toBe(true);
  });

  it('goes on when the budget is relaxed meanwhile', () => {
    const trial = groupOnTrial(...OMS);
    const update = trial.update({ version: '1.32' });
    trial.pass(10);
    const { store } = trial.cluster;
    const budget = store.get('poddisruptionbudgets', 'oms', 'order-book')!;
    store.update('poddisruptionbudgets', { ...budget, spec: { ...budget.spec, maxUnavailable: 1 } });
    trial.pass(60);
    expect(update.status).toBe('Successful');
  });

  it('can be cancelled by AWS', () => {
    const trial = groupOnTrial(...OMS);
    const update = trial.update({ version: '1.32' });
    trial.pass(10);
    trial.foreign.nodegroupUpdates.cancel(trial.group, 'Cancelled by AWS.');
    trial.pass(60);
    expect(update.status).toBe('Cancelled');
    expect(trial.nodes()).toHaveLength(4);
    expect(trial.nodes().filter(({ spec }) => spec.unschedulable)).toEqual([]);
  });
});

describe('each cause of the options desk', () => {
  it.each([
    'pricing',
    'quotes',
    'surfaces',
    'hedging',
    'agents',
    'history',
    'archive',
    'licensed',
    'margin',
    'smiles',
  ])('blocks the drain of %s, and does not with force', (name) => {
    const trial = groupOnTrial('options-desk', name);
    const names = trial.nodes().map(({ metadata }) => metadata.name);
    const update = trial.update({ version: '1.34' });
    trial.pass(60);
    expect(update).toMatchObject({ status: 'Failed', errors: [{ errorCode: 'PodEvictionFailure' }] });
    expect(names).toEqual(expect.arrayContaining([...update.errors[0]!.resourceIds]));
    const forced = trial.update({ version: '1.34', force: true });
    trial.pass(60);
    expect(forced.status).toBe('Successful');
  });

  it('lets a pod without a controller go for good', () => {
    const trial = groupOnTrial('options-desk', 'notebooks');
    expect(trial.pods('options').some(({ metadata }) => metadata.name === 'notebooks')).toBe(true);
    const update = trial.update({ version: '1.34' });
    trial.pass(60);
    expect(update.status).toBe('Successful');
    expect(trial.pods('options').some(({ metadata }) => metadata.name === 'notebooks')).toBe(false);
  });

  it('lets a budget that was tight only for now go once its pod is ready', () => {
    const trial = groupOnTrial('options-desk', 'surfaces');
    const update = trial.update({ version: '1.34' });
    trial.pass(5);
    trial.cluster.programs.set({ pod: 'surfaces-1' }, { readySeconds: 1 });
    trial.cluster.store.markDeleted('pods', 'options', 'surfaces-1', 30);
    trial.pass(60);
    expect(update.status).toBe('Successful');
  });
});

it('in the clean cluster every group is updated', () => {
  for (const name of ['ingest', 'ingest-arm', 'windows-tools', 'hardened']) {
    const trial = groupOnTrial('market-data', name);
    const update = trial.update({ version: '1.33' });
    trial.pass(120);
    expect([name, update.status, update.errors]).toEqual([name, 'Successful', []]);
    expect(trial.refusals()).toEqual([]);
  }
});
