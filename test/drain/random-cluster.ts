/** Random pods and budgets, small enough that budgets meet pods and each branch of the API's order is come by. */
import fc from 'fast-check';
import type { CaseBudget, EvictionCase } from './eviction-case';

const KEYS = ['app', 'tier', 'zone'];
const VALUES = ['rdb', 'gw', 'hdb'];
const value = fc.constantFrom(...VALUES);

const labels = fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 3 });

const expression = fc.oneof(
  fc.record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.uniqueArray(value, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom('Exists', 'DoesNotExist'),
    values: fc.constant([]),
  }),
);

const selector = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 8,
    arbitrary: fc.record({
      matchLabels: fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 1 }),
      matchExpressions: fc.array(expression, { maxLength: 1 }),
    }),
  },
);

const status = fc.record({
  allowed: fc.constantFrom(0, 0, 1, 2),
  healthy: fc.integer({ min: 0, max: 3 }),
  needed: fc.integer({ min: 0, max: 3 }),
});

const budget = fc
  .tuple(
    selector,
    status,
    fc.record(
      {
        namespace: fc.constantFrom('shop', 'other'),
        behind: fc.boolean(),
        unhealthyPodEvictionPolicy: fc.constantFrom('AlwaysAllow', 'IfHealthyBudget'),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([selects, counts, rest]) => ({ ...selects, ...counts, ...rest }));

export const evictionCase: fc.Arbitrary<EvictionCase> = fc
  .record({
    pod: fc.record({
      phase: fc.constantFrom('Running', 'Running', 'Running', 'Running', 'Pending', 'Succeeded', 'Failed'),
      ready: fc.boolean(),
      terminating: fc.constantFrom(false, false, false, true),
      labels,
    }),
    budgets: fc.array(budget, { maxLength: 3 }),
  })
  .map(({ pod, budgets }) => ({
    pod,
    budgets: budgets.map((one, at): CaseBudget => ({ name: `budget-${at}`, ...one })),
  }));
