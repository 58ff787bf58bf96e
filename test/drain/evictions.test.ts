/** What an eviction would be answered: the committed table, and random clusters. Both readings agree. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../cases';
import { type Answerer, type EvictionCase, ownReading, TABLE } from './eviction-case';
import { evictionCase } from './random-cluster';
import { sandboxApi } from './sandbox-eviction';

const ANSWERERS: readonly Answerer[] = [ownReading, sandboxApi];

/** As the last of its budgets, one that covers every pod of the namespace. */
const plusOne = (given: EvictionCase): EvictionCase => ({
  ...given,
  budgets: [...given.budgets, { name: 'one-more', matchLabels: {}, allowed: 0, healthy: 2, needed: 3 }],
});

describe.each(ANSWERERS)('$name', ({ answer }) => {
  it.each(TABLE)('$branch', async ({ answer: expected, ...given }) => {
    expect(await answer(given)).toMatchObject(expected);
  });

  it('is 500 for a pod that counts and has a budget, once there is another', async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(evictionCase, async (given) => {
        const alone = await answer({ ...given, budgets: [] });
        const before = await answer(given);
        const after = await answer(plusOne(given));
        seen.add(before.status);
        expect(alone).toEqual({ status: 201 });
        const counts = given.pod.phase === 'Running' && !given.pod.terminating;
        if (!counts) expect(after).toEqual({ status: 201 });
        else if (before.status !== 201) expect(after).toEqual({ status: 500 });
        else expect([429, 500]).toContain(after.status);
      }),
      casesOf(2_000),
    );
    expect([...seen].sort()).toEqual([201, 429, 500]);
  });
});

it('is the same by our own reading and by the sandbox', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(evictionCase, async (given) => {
      const own = await ownReading.answer(given);
      const served = await sandboxApi.answer(given);
      seen.add(JSON.stringify([own.status, own.cause !== undefined]));
      expect(served).toMatchObject(own);
    }),
    casesOf(2_000),
  );
  // Allowed, two budgets, a budget behind, and one without a disruption left.
  expect([...seen].sort()).toEqual(['[201,false]', '[429,false]', '[429,true]', '[500,false]']);
});
