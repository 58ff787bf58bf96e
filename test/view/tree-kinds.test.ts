/** Every kind of row: how it looks, what is kept of it, where it is found again, and where it is in the AWS console. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { consoleOfOperation, consoleOfThing } from '../../src/view/resources/console';
import {
  DETAILED,
  type DetailedNode,
  FOLDERS,
  KINDS,
  type KindNode,
  LISTED,
  type ListedNode,
  THINGS,
  type ThingNode,
} from '../../src/view/resources/kinds/table';
import { isThing, pathOf, type ResourceNode } from '../../src/view/resources/node';
import { rowOf } from '../../src/view/resources/rows';
import { tooltipOf } from '../../src/view/resources/tooltip';
import { EXAMPLES, exampleFleet } from './every-kind';
import { CONNECTION, type FleetAws } from './fleet-aws';
import { givenTree, type TestTree } from './given-tree';
import { takeShown } from './window-stand-in';

const ID = CONNECTION.id;
const kinds = Object.keys(KINDS) as readonly KindNode['kind'][];
const things = Object.keys(THINGS) as readonly ThingNode['kind'][];
const never = new AbortController().signal;

/** Things that outlive a window. */
const remembered = Object.keys({ ...LISTED, ...DETAILED }) as readonly (ListedNode | DetailedNode)['kind'][];

/** Opens everything; one row of each kind. */
async function openAll(tree: TestTree): Promise<ReadonlyMap<string, ResourceNode>> {
  const rows = new Map<string, ResourceNode>();
  const visit = async (nodes: readonly ResourceNode[]): Promise<void> => {
    for (const node of nodes) {
      rows.set(node.kind, node);
      await visit(await tree.below(node));
    }
  };
  await visit(await tree.resources.children());
  return rows;
}

async function opened(): Promise<{
  readonly tree: TestTree;
  readonly aws: FleetAws;
  readonly at: (kind: KindNode['kind']) => ResourceNode;
}> {
  const aws = exampleFleet();
  const tree = givenTree(aws);
  const rows = await openAll(tree);
  await tree.rest();
  return { tree, aws, at: (kind) => there(rows, kind) };
}

function there(rows: ReadonlyMap<string, ResourceNode>, kind: KindNode['kind']): ResourceNode {
  const row = rows.get(kind);
  if (!row) throw new Error(`the tree of this test has no ${kind}`);
  return row;
}

function thing(row: ResourceNode): ThingNode {
  if (!isThing(row)) throw new Error(`${row.kind} is no thing`);
  return row;
}

function shown(row: ResourceNode): { readonly texts: readonly string[]; readonly icon: unknown } {
  takeShown();
  const { iconPath } = rowOf(row, () => undefined);
  return { texts: takeShown().map(({ text }) => text), icon: iconPath };
}

test('each looks as it should, and can be told apart', async () => {
  const { at } = await opened();
  for (const kind of kinds) {
    const { id, texts, role, icon } = EXAMPLES[kind];
    expect(at(kind).id).toBe(id);
    const spoken = [role, ...texts.map((text) => text?.replaceAll(' · ', ', '))].join(', ');
    expect(shown(at(kind)), kind).toMatchObject({ texts: [...texts, spoken], icon: { id: icon } });
  }
});

test('each thing has a tooltip that names it', async () => {
  const { tree, aws, at } = await opened();
  for (const kind of things) {
    const asked = tooltipOf(at(kind), aws.source, never);
    await tree.rest();
    expect((await asked)?.value, kind).toContain(EXAMPLES[kind].texts[0]);
  }
});

test('each thing is found by the path of an operation, if there are operations about it', async () => {
  const { tree, at } = await opened();
  for (const kind of things) {
    const row = thing(at(kind));
    expect(pathOf(row)).toEqual(EXAMPLES[kind].path);
    const isSubject = THINGS[kind].operations.length > 0;
    expect(tree.resources.find(ID, EXAMPLES[kind].path), kind).toBe(isSubject ? row : undefined);
  }
  expect(tree.resources.find(ID, ['fleet-0001', 'another'])).toBeUndefined();
  expect(tree.resources.find(ID, [])).toBeUndefined();
});

test('each thing is in the console where it is, from its row and from an operation about it', async () => {
  const { at } = await opened();
  for (const kind of things) {
    const { path, console } = EXAMPLES[kind];
    expect(consoleOfThing(thing(at(kind)))).toBe(console);
    for (const operation of THINGS[kind].operations) {
      const subject = { connectionId: ID, accountId: '', region: 'us-east-1', path, label: '' };
      expect(consoleOfOperation({ kind: operation, subject })).toBe(console);
    }
  }
});

test('an operation that changes several things is nowhere in the console', () => {
  const subject = { connectionId: ID, accountId: '', region: 'us-east-1', path: [], label: '' };
  for (const kind of things.flatMap((thing) => THINGS[thing].operations))
    expect(consoleOfOperation({ kind, subject })).toBeUndefined();
});

test('what is kept of each is what it was, and shows it again', async () => {
  const { tree, aws, at } = await opened();
  const branches = new Map(
    remembered.map((kind) => [thing(at(kind)).parent.id.slice(ID.length + 1), kind] as const),
  );
  await tree.end();
  const file = join(tree.folder, readdirSync(tree.folder)[0] as string);
  const written = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly branches: readonly [string, { readonly rows: readonly { readonly at?: number }[] }][];
  };
  const untimed = written.branches.map(([key, { rows }]) => [key, rows.map(({ at: _, ...row }) => row)]);
  const kept = [...branches].map(([key, kind]) => [key, [EXAMPLES[kind].memory.kept]] as const);
  expect(new Map(untimed as [string, object[]][])).toEqual(new Map(kept));

  const readAt = aws.clock.now();
  const earlier = kept.map(([key, rows]) => [key, { readAt, rows }]);
  writeFileSync(file, JSON.stringify({ ...written, branches: earlier }));
  aws.isDown = true;
  const rows = await openAll(givenTree(aws, { folder: tree.folder }));
  for (const kind of remembered) {
    const row = thing(there(rows, kind));
    expect(row).toMatchObject({ id: EXAMPLES[kind].id, asOf: readAt });
    const [label, beside = ''] = shown(row).texts;
    expect(label).toBe(EXAMPLES[kind].texts[0]);
    expect(beside.slice(0, beside.indexOf('as of'))).toBe(EXAMPLES[kind].memory.remembered);
  }
});

test('no two lists share a row above them, no two kinds of things an operation, no two folders a key', () => {
  const unique = (values: readonly string[]): void => expect(values).toEqual([...new Set(values)]);
  unique(things.map((kind) => THINGS[kind].below));
  unique(things.flatMap((kind) => THINGS[kind].operations));
  unique(Object.values(FOLDERS).map(({ below, key }) => `${below}/${key}`));
});
