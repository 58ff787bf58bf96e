/** Rows of a list of which one page cannot be read: only those that the read should have confirmed are from before. */
import { beforeEach, expect, it } from 'vitest';
import type { FinSpace } from '../../src/deploy/finspace/ports';
import { Turns } from '../../src/model/turns';
import type { Eks } from '../../src/nodegroup/ports';
import { BranchRows } from '../../src/view/resources/branch-rows';
import type { FolderNode, ThingNode } from '../../src/view/resources/node';
import { VirtualClock } from '../virtual-clock';
import { exampleRow } from './example-rows';
import { environment } from './fleet-aws';

const KDB = exampleRow('kdb') as FolderNode;
/** As many rows as are fetched ahead before "Load More" is offered. */
const CAP = 1_000;

let clock: VirtualClock;
/** Names on each page; an error stands for a page that AWS refuses. */
let pages: readonly (readonly string[] | Error)[];
let below: BranchRows;

beforeEach(() => {
  clock = new VirtualClock();
  const listEnvironments: FinSpace['listEnvironments'] = async (next = '0') => {
    const page = pages[Number(next)] ?? [];
    if (page instanceof Error) throw page;
    const after = Number(next) + 1;
    return { items: page.map(environment), ...(after < pages.length && { next: String(after) }) };
  };
  const ignore = (): void => undefined;
  below = new BranchRows(
    {
      services: async () => ({ finspace: { listEnvironments } as FinSpace, eks: {} as Eks }),
      seen: () => Promise.reject(new Error('nothing is watched here')),
      turns: new Turns(),
    },
    { listed: ignore, changed: ignore, rowChanged: ignore, gone: ignore, settled: ignore },
    clock,
  );
});

const refused = new Error('a page was refused');
const rows = (): readonly ThingNode[] => below.known(KDB)?.rows ?? [];
const ages = (): Readonly<Record<string, number | undefined>> =>
  Object.fromEntries(rows().map((row) => [row.id.slice(KDB.id.length + 1), row.asOf]));

async function readAt(seconds: number, ...given: typeof pages): Promise<number> {
  await clock.advance(seconds * 1000);
  pages = given;
  await below.refresh(KDB, 'interactive');
  return clock.now();
}

it('gives an earlier time only to the rows that no page of the failed read has listed', async () => {
  const first = await readAt(0, ['a'], ['b']);
  await readAt(60, ['a', 'new'], refused);
  expect(ages()).toEqual({ a: undefined, new: undefined, b: first });
});

it('takes the time at which a row was last listed, even by a read that failed later', async () => {
  const first = await readAt(0, ['a'], ['b']);
  const second = await readAt(60, ['a'], refused);
  await readAt(60, refused);
  expect(ages()).toEqual({ a: second, b: first });
});

it('gives the rows of a first read that failed later their time, once they are not listed again', async () => {
  const first = await readAt(0, ['a'], refused);
  await readAt(60, refused);
  expect(ages()).toEqual({ a: first });
});

it('leaves the rows above as they are where more could not be loaded', async () => {
  const names = Array.from({ length: CAP }, (_, index) => `e${index}`);
  await readAt(0, names, ['more']);
  await clock.advance(60_000);
  pages = [names, refused];
  below.more(KDB);
  await below.known(KDB)?.fetching?.whole;
  expect(below.known(KDB)?.failure).toBeDefined();
  expect(rows().filter(({ asOf }) => asOf !== undefined)).toEqual([]);
});

it('knows when each row was listed, also where more rows were loaded later', async () => {
  const names = Array.from({ length: CAP }, (_, index) => `e${index}`);
  const first = await readAt(0, names, ['more']);
  await clock.advance(60_000);
  below.more(KDB);
  await below.known(KDB)?.fetching?.whole;
  expect(rows().map((row) => below.listedAt(row))).toEqual([...names.map(() => first), clock.now()]);
});
