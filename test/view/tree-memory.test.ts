/** What the tree keeps on disk: there at once at the next start, marked, replaced row by row, and never in the way. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asOfWords } from '../../src/view/messages/as-of';
import { parseSnapshot, type SnapshotBranch, snapshotPieces } from '../../src/view/resources/memory/snapshot';
import { isThing, type ResourceNode } from '../../src/view/resources/node';
import { temporaryFolder } from '../operations/given';
import { VirtualClock } from '../virtual-clock';
import { FleetAws, kdbCluster, nameOf } from './fleet-aws';
import { givenTree, type TestTree } from './given-tree';

const SIZE = { environments: 2, kdbEach: 3, clusters: 3, nodegroupsEach: 2 };
const DAY = 86_400_000;

/** The rows of all things. */
async function openAll(tree: TestTree): Promise<readonly ResourceNode[]> {
  const rows: ResourceNode[] = [];
  for (const group of [await tree.kdb(), await tree.eks()]) {
    for (const row of await tree.below(group)) rows.push(row, ...(await tree.below(row)));
  }
  return rows.filter(isThing);
}

/** A window that has seen everything, and is closed. */
async function givenYesterday(size = SIZE): Promise<{ readonly aws: FleetAws; readonly folder: string }> {
  const folder = temporaryFolder();
  const aws = new FleetAws(new VirtualClock(), size);
  const tree = givenTree(aws, { folder });
  await openAll(tree);
  await tree.rest();
  await tree.end();
  return { aws, folder };
}

const isFromBefore = (row: ResourceNode): boolean => 'asOf' in row && row.asOf !== undefined;
const fileIn = (folder: string): string => join(folder, readdirSync(folder)[0] as string);

describe('at the next start', () => {
  it('every row that was open is there before AWS was asked, with the time of the look it is from', async () => {
    const { aws, folder } = await givenYesterday();
    await aws.clock.advance(DAY);
    aws.isDown = true;
    const tree = givenTree(aws, { folder });
    const began = aws.clock.now();
    const rows = await openAll(tree);
    expect(aws.clock.now()).toBe(began);
    expect(rows).toHaveLength(2 + 2 * 3 + 3 + 3 * 2);
    expect(rows.every(isFromBefore)).toBe(true);
    const group = rows.find(({ kind }) => kind === 'nodegroup');
    expect(group).toMatchObject({
      remembered: { version: '1.32', status: 'ACTIVE', phase: 'ready', releaseVersion: '1.32.9-20260601' },
    });
    const kdb = rows.find(({ kind }) => kind === 'kdb-cluster');
    expect(kdb).toMatchObject({ summary: { type: 'GP', status: 'RUNNING', phase: 'ready' } });
    const words = asOfWords((group as { asOf: number }).asOf, began);
    expect(words).toMatch(/^as of yesterday \d/);
  });

  it('rows stay the same objects in the same order while they become fresh one by one', async () => {
    const { aws, folder } = await givenYesterday();
    const tree = givenTree(aws, { folder });
    const rows = await openAll(tree);
    await tree.rest();
    const fresh = await openAll(tree);
    expect(fresh).toHaveLength(rows.length);
    for (const [index, row] of rows.entries()) expect(fresh[index]).toBe(row);
    expect(fresh.some(isFromBefore)).toBe(false);
    expect(fresh.every((row) => !('remembered' in row))).toBe(true);
    // Rows were drawn for themselves: a branch that is drawn anew would be asked for its rows again.
    const branches = tree.drawn.filter(({ kind }) => kind === 'kdb' || kind === 'eks');
    expect(branches).toEqual([]);
  });

  it('what AWS no longer lists goes, what is new comes', async () => {
    const { aws, folder } = await givenYesterday();
    const [first, ...others] = aws.environments;
    if (!first) throw new Error('there is no environment');
    aws.kdb = new Map([...aws.kdb, [first.id, [kdbCluster(first.id, 'another')]]]);
    aws.aws.clusters = aws.aws.clusters.slice(1);
    expect(others).toHaveLength(1);
    const tree = givenTree(aws, { folder });
    await openAll(tree);
    await tree.rest();
    expect(await tree.open(await tree.eks())).toEqual([nameOf('fleet', 1), nameOf('fleet', 2)]);
    const [environment] = await tree.below(await tree.kdb());
    expect(environment && (await tree.open(environment))).toEqual(['another']);
    expect(tree.resources.find('sandbox:us-east-1', [nameOf('fleet', 0)])).toBeUndefined();
    expect(
      tree.resources.find('sandbox:us-east-1', [nameOf('fleet', 0), nameOf('nodes', 0)]),
    ).toBeUndefined();
  });

  it('rows stay where AWS cannot be reached, and the reason stands once', async () => {
    const { aws, folder } = await givenYesterday();
    aws.isDown = true;
    const tree = givenTree(aws, { folder });
    await openAll(tree);
    await tree.rest();
    const rows = await tree.below(await tree.eks());
    const [connection] = await tree.resources.children();
    const top = await tree.below(connection!);
    expect(top.map(({ kind }) => kind)).toEqual(['failure', 'kdb', 'eks']);
    expect(top[0]).toMatchObject({ failure: { kind: 'aws', reason: 'network' } });
    expect(rows).toHaveLength(3);
    expect(rows.every(isFromBefore)).toBe(true);

    aws.isDown = false;
    void tree.resources.refresh();
    await tree.rest();
    const again = await tree.below(await tree.eks());
    expect(again).toEqual(rows);
    expect(again.some(isFromBefore)).toBe(false);
    expect((await tree.below(connection!)).map(({ kind }) => kind)).toEqual(['kdb', 'eks']);
  });

  it("another account's rows go as soon as it is known to be another", async () => {
    const { aws, folder } = await givenYesterday();
    aws.identity = { accountId: '999988887777', arn: 'arn:aws:iam::999988887777:user/bob' };
    aws.aws.clusters = aws.aws.clusters.slice(0, 1).map((one) => ({ ...one, name: 'bobs' }));
    const tree = givenTree(aws, { folder });
    await tree.eks();
    await aws.clock.settle();
    expect(await tree.open(await tree.eks())).toEqual(['bobs']);
    await tree.rest();
    await tree.end();
    const kept = readFileSync(fileIn(folder), 'utf8');
    expect(kept).toContain('999988887777');
    expect(kept).not.toContain(nameOf('fleet', 1));
  });
});

describe('in a window that lives on', () => {
  it('rows of a list that cannot be read again are from before, and fresh once it can', async () => {
    const aws = new FleetAws(new VirtualClock(), SIZE);
    const tree = givenTree(aws);
    const rows = await openAll(tree);
    await tree.rest();
    expect(rows.some(isFromBefore)).toBe(false);
    const before = aws.clock.now();
    aws.isDown = true;
    void tree.resources.refresh();
    await tree.rest();
    expect(rows.every(isFromBefore)).toBe(true);
    for (const row of rows) expect('asOf' in row ? row.asOf : undefined).toBeLessThanOrEqual(before);
    aws.isDown = false;
    void tree.resources.refresh();
    await tree.rest();
    expect(rows.some(isFromBefore)).toBe(false);
  });
});

describe('keys that become those of another account while the window is open', () => {
  it.each(['refresh', 'poll'] as const)(
    'show its rows and its name after a %s, and keep no others',
    async (how) => {
      const aws = new FleetAws(new VirtualClock(), SIZE);
      const tree = givenTree(aws);
      await openAll(tree);
      await tree.rest();
      aws.identity = { accountId: '999988887777', arn: 'arn:aws:iam::999988887777:user/bob' };
      aws.aws.clusters = aws.aws.clusters.slice(0, 1).map((one) => ({ ...one, name: 'bobs' }));
      void tree.resources[how]();
      await tree.rest();
      expect(await tree.open(await tree.eks())).toEqual(['bobs']);
      const [root] = await tree.resources.children();
      expect(root).toMatchObject({ identity: aws.identity });
      await tree.rest();
      await tree.end();
      const kept = readFileSync(fileIn(tree.folder), 'utf8');
      expect(kept).toContain('999988887777');
      expect(kept).not.toContain(nameOf('fleet', 1));
    },
  );
});

describe('whose keys a connection has', () => {
  it('is asked neither for one that nobody has opened, nor again when its rows are drawn again', async () => {
    const aws = new FleetAws(new VirtualClock(), SIZE);
    const tree = givenTree(aws);
    void tree.resources.refresh();
    await tree.rest();
    expect(aws.identitiesAsked).toBe(0);
    await openAll(tree);
    await tree.rest();
    expect(aws.identitiesAsked).toBe(1);
    const [root] = await tree.resources.children();
    await tree.resources.children(root);
    expect(aws.identitiesAsked).toBe(1);
    void tree.resources.refresh();
    await tree.rest();
    expect(aws.identitiesAsked).toBe(2);
  });
});

describe('the file', () => {
  it("is its owner's alone, and holds neither tags nor arguments nor anything else that rows do not show", async () => {
    const { folder } = await givenYesterday();
    expect(statSync(fileIn(folder)).mode & 0o777).toBe(0o600);
    const fields = new Set<string>();
    JSON.parse(readFileSync(fileIn(folder), 'utf8'), (key, value) => {
      if (!/^\d*$/.test(key)) fields.add(key);
      return value as unknown;
    });
    expect([...fields].sort()).toEqual(
      [
        ...['v', 'connectionId', 'accountId', 'branches', 'readAt', 'rows'],
        ...['name', 'id', 'type', 'status', 'version', 'amiType', 'release', 'at'],
      ].sort(),
    );
  });

  it.each([
    ['damaged', () => '{"v":1,"connec', /left unread/],
    ['of another shape', () => '{"v":1,"connectionId":"sandbox:us-east-1","accountId":1}', /left unread/],
    ['too large', () => ' '.repeat(5 * 1024 * 1024), /left unread/],
    ['of another version', (text: string) => text.replace('"v":1', '"v":2'), undefined],
    ["another connection's", (text: string) => text.replace('sandbox:us-east-1', 'sandbox:x'), undefined],
  ])('is left alone where it is %s', async (_, damage, told) => {
    const { aws, folder } = await givenYesterday();
    writeFileSync(fileIn(folder), damage(readFileSync(fileIn(folder), 'utf8')));
    const tree = givenTree(aws, { folder });
    const rows = await openAll(tree);
    expect(rows.some(isFromBefore)).toBe(false);
    if (told) expect(tree.logged).toEqual([expect.stringMatching(told)]);
    else expect(tree.logged).toEqual([]);
    await tree.rest();
    await tree.end();
    expect(JSON.parse(readFileSync(fileIn(folder), 'utf8'))).toMatchObject({ v: 1 });
  });

  it('is of no use after two weeks', async () => {
    const { aws, folder } = await givenYesterday();
    await aws.clock.advance(15 * DAY);
    const tree = givenTree(aws, { folder });
    expect((await openAll(tree)).some(isFromBefore)).toBe(false);
  });

  it('holds no more than a few thousand rows, the outermost and most recent first', async () => {
    const branch = (readAt: number, count: number): SnapshotBranch => ({
      readAt,
      rows: Array.from({ length: count }, (_, index) => ({ texts: { name: nameOf('nodes', index) } })),
    });
    const branches = new Map([
      ...Array.from({ length: 50 }, (_, index) => [`eks/${index}`, branch(index, 200)] as const),
      ['eks', branch(1, 50)] as const,
    ]);
    const pieces = snapshotPieces({ connectionId: 'one', accountId: '111122223333', branches });
    const snapshot = await parseSnapshot([...pieces].join(''), 'one', 50);
    const kept = snapshot?.branches ?? new Map<string, SnapshotBranch>();
    expect([...kept.values()].reduce((sum, { rows }) => sum + rows.length, 0)).toBe(50 + 24 * 200);
    expect([...kept.keys()].slice(0, 2)).toEqual(['eks', 'eks/49']);
  });

  it('is done without where it cannot be read and written', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const tree = givenTree(new FleetAws(new VirtualClock(), SIZE), { folder: join(file, 'tree') });
    expect(await openAll(tree)).toHaveLength(17);
    await tree.rest();
    await tree.end();
    expect(tree.logged).toContainEqual(expect.stringMatching(/left unread/));
    expect(tree.logged).toContainEqual(expect.stringMatching(/could not be written/));
  });

  it('goes with its connection', async () => {
    const { aws, folder } = await givenYesterday();
    writeFileSync(join(folder, `${'0'.repeat(32)}.json`), '{}');
    const tree = givenTree(aws, { folder });
    tree.resources.connectionsChanged();
    await tree.rest();
    expect(readdirSync(folder)).toHaveLength(1);
  });
});
