/** The lazy tree in front of a provider, asked as VS Code asks. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LazyTree } from '../../src/view/lazy-tree';
import { OpenRowsRedrawn } from '../../src/view/open-rows-redrawn';
import { EventEmitter, TreeItem } from './window-stand-in';

interface Row {
  readonly name: string;
  readonly rows?: readonly Row[];
}

const NODES: Row = { name: 'nodes' };
const CLUSTER: Row = { name: 'cluster', rows: [NODES] };

const changed = new EventEmitter<Row | undefined>();
let tree: LazyTree<Row>;
let redrawn: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  tree = new LazyTree<Row>(async () => ({
    onDidChangeTreeData: changed.event,
    getTreeItem: ({ name }) => new TreeItem(name, 0),
    getChildren: (row) => [...((row ?? { rows: [CLUSTER] }).rows ?? [])],
  }));
  redrawn = [];
  tree.onDidChangeTreeData((rows) => redrawn.push(rows));
});
afterEach(() => {
  tree.dispose();
  vi.useRealTimers();
});

test('an open row is drawn again where VS Code did not ask for what is below it', async () => {
  await tree.getChildren(CLUSTER);
  await tree.getTreeItem(CLUSTER);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(redrawn).toEqual([CLUSTER]);
  await tree.getTreeItem(CLUSTER);
  await tree.getChildren(CLUSTER);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(redrawn).toEqual([CLUSTER]);
});

test('it is left alone where VS Code has no reason to ask', async () => {
  await tree.getChildren(CLUSTER);
  for (let draws = 0; draws < 10; draws += 1) {
    await tree.getTreeItem(CLUSTER);
    await vi.advanceTimersByTimeAsync(60_000);
  }
  expect(redrawn).toEqual([CLUSTER, CLUSTER, CLUSTER]);
});

test('neither a row that was never open nor one that was shut is drawn again', async () => {
  const open = new OpenRowsRedrawn<Row>((row) => redrawn.push(row));
  open.drawn(NODES);
  open.asked(CLUSTER);
  open.shut(CLUSTER);
  open.drawn(CLUSTER);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(redrawn).toEqual([]);
});

test('what the provider draws again is drawn again, once for each time', async () => {
  await tree.getChildren();
  await tree.getChildren(CLUSTER);
  changed.fire(NODES);
  changed.fire(undefined);
  expect(redrawn).toEqual([NODES, undefined]);
});
