/** Items come out of a list whole, wherever its bytes were cut; only what nothing uses is left out of them. */
import { expect, test } from 'vitest';
import { ItemSplitter } from '../../src/kubernetes/item-splitter';

const ITEMS = [
  {
    metadata: {
      name: 'a',
      labels: { env: 'prod', '"env"': ']', managedFields: '[' },
      managedFields: [{ fieldsV1: { 'k:{"name":"x"}': { '.': {} } } }, ['}', '\\"]']],
      finalizers: ['env', 'managedFields'],
    },
    spec: {
      containers: [{ name: 'q', env: [{ name: 'A', value: '"]}' }, { valueFrom: { x: ['y'] } }] }, {}],
    },
  },
  { metadata: { name: 'ü', managedFields: [] }, env: [], status: [['env'], [1], { env: 'no list' }] },
  // No list inside, and brackets in texts before each kind of what may come next.
  { managedFields: [{ a: ']' }, '],', ']x', '"],"'], env: ['],"b'], a: { env: [{}, 'x'] }, spec: {} },
  { env: [{ '': { manager: 'kubelet' } }], '': 1 },
  { spec: { env: [1, 'c[', ']'] }, status: { managedFields: ['"'] } },
  { managedFields: ['last'] },
];
const DOCUMENT = JSON.stringify({ kind: 'PodList', metadata: { continue: 'env' }, items: ITEMS, after: [1] });

/** What is left of a value when the lists that nothing uses are emptied. */
function emptied(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (name, one: unknown) =>
    (name === 'env' || name === 'managedFields') && Array.isArray(one) ? [] : one,
  );
}

function split(
  document: string,
  ...at: readonly number[]
): { readonly items: readonly string[]; end: string } {
  const bytes = Buffer.from(document);
  const splitter = new ItemSplitter(['managedFields', 'env']);
  const cuts = [0, ...at, bytes.length];
  const items = cuts
    .slice(1)
    .flatMap((cut, index) => splitter.push(bytes.subarray(cuts[index], cut)).map(String));
  return { items, end: splitter.end() };
}

test('what nothing uses is not in the items', () => {
  const { items, end } = split(DOCUMENT);
  expect(items.map((item) => JSON.parse(item))).toEqual(emptied(ITEMS));
  expect(JSON.parse(end)).toEqual({ kind: 'PodList', metadata: { continue: 'env' }, items: [], after: [1] });
});

test('all else is, wherever the bytes are cut, also with spaces between them', () => {
  for (const document of [DOCUMENT, JSON.stringify(JSON.parse(DOCUMENT), undefined, 2)]) {
    const { length } = Buffer.from(document);
    for (let cut = 0; cut <= length; cut += 1) {
      const { items, end } = split(document, cut, Math.min(length, cut + 3));
      expect(emptied(items.map((item) => JSON.parse(item))), `cut at ${cut}`).toEqual(emptied(ITEMS));
      expect(JSON.parse(end).items).toEqual([]);
    }
  }
});
