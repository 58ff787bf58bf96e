/** Asking the API server: only for pods that must move, by their uid, with our own reading beside each answer. */
import { describe, expect, it } from 'vitest';
import { askEvictions } from '../../src/drain/ask-evictions';
import type { EvictionAnswer } from '../../src/drain/ports';
import { barePod, budget, drainFacts, NOW, pod } from './cluster';
import { fakeCluster } from './fake-cluster';

const { signal } = new AbortController();

const ask = (facts: ReturnType<typeof drainFacts>, answers: Readonly<Record<string, EvictionAnswer>> = {}) =>
  askEvictions(fakeCluster({ ...facts, answers }), facts, () => undefined, signal);

describe('asking the API server', () => {
  it('asks for each pod that has to move and is not on its way, by its uid', async () => {
    const facts = drainFacts({
      pods: [
        pod(),
        pod({ name: 'cni', controller: { kind: 'DaemonSet', name: 'cni', uid: 'd' } }),
        barePod({ name: 'mirror', mirror: true }),
        pod({ name: 'done', phase: 'Succeeded' }),
        pod({ name: 'leaving', deletedAt: NOW }),
        pod({ name: 'elsewhere', nodeName: 'x' }),
        pod({ name: 'rdb-1', nodeName: 'b' }),
      ],
    });
    const api = fakeCluster(facts);
    const told: unknown[] = [];
    await askEvictions(api, facts, (...step) => told.push(step), signal);
    expect(api.calls).toEqual(['askEviction rdb-0 pod-shop-rdb-0', 'askEviction rdb-1 pod-shop-rdb-1']);
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  const tight = [budget({ disruptionsAllowed: 0 })];
  const refused: EvictionAnswer = { code: 'refused-by-budget', message: 'm' };
  const two = [budget(), budget({ name: 'rdb-too' })];

  it.each([
    ['agrees that it may go', [], { code: 'allowed' }, true],
    ['agrees that it is held', tight, refused, true],
    ['agrees that there are two', two, { code: 'several-budgets', message: 'm' }, true],
    ['finds a pod free that we call held', tight, { code: 'allowed' }, false],
    ['finds a pod held that we call free', [], refused, false],
    ['finds one budget where we see two', two, refused, false],
    ['finds two budgets where we see one', tight, { code: 'several-budgets', message: 'm' }, false],
    ['says nothing where the pod is gone', tight, { code: 'gone' }, undefined],
    ['says nothing where it may not be asked', tight, { code: 'forbidden', message: 'm' }, undefined],
    ['says nothing where it was throttled', tight, { code: 'unknown', message: 'm' }, undefined],
  ] as const)('%s', async (_name, budgets, answer, agrees) => {
    const [row] = await ask(drainFacts({ budgets }), { 'rdb-0': answer });
    expect(row?.answer).toEqual(answer);
    expect(row?.agrees).toBe(agrees);
  });

  it('stops at once when the user does', async () => {
    const facts = drainFacts({ pods: [pod(), pod({ name: 'rdb-1' })] });
    const stop = new AbortController();
    const api = fakeCluster(facts);
    const asking = askEvictions(api, facts, () => stop.abort(), stop.signal);
    await expect(asking).rejects.toThrow('aborted');
    expect(api.calls).toHaveLength(1);
  });
});
