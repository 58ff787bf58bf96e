/** The sandbox has things of every kind that the tree asks a service for, and answers as AWS's models say. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AwsSession } from '../../src/aws/contract';
import { allItems } from '../../src/model/page';
import type { PagedList, ThingKind } from '../../src/view/resources/kinds/kind';
import { DETAILED, FOLDERS, type KindNode, LISTED } from '../../src/view/resources/kinds/table';
import { kindOf } from '../../src/view/resources/node';
import type { ThingRow } from '../../src/view/resources/row';
import { type OpenedAws, openInSandbox } from '../aws/open-aws';
import { judgedSandbox } from './judged-sandbox';

type ServiceKind = Omit<ThingKind<ThingRow, unknown>, 'list'> & {
  readonly list: PagedList<ThingRow, unknown>;
};

const KINDS: Readonly<Record<string, ServiceKind>> = { ...LISTED, ...DETAILED };
const never = new AbortController().signal;
const aws = judgedSandbox();
let opened: OpenedAws & { readonly session: AwsSession };

beforeEach(async () => {
  opened = await openInSandbox(aws().sandbox);
});
afterEach(() => opened.close());

/** All rows below one that services list, at any depth. */
async function below(row: KindNode): Promise<readonly KindNode[]> {
  const folders = Object.entries(FOLDERS)
    .filter(([, folder]) => folder.below === row.kind)
    .map(([kind, { key }]) => ({ kind, id: `${row.id}/${key}`, parent: row }) as KindNode);
  const rows = [...folders];
  for (const [kind, { below: above, list }] of Object.entries(KINDS)) {
    if (above !== row.kind) continue;
    const items = await allItems((next) => list.page(row as never, opened.session.interactive, next, never));
    for (const item of items) {
      const start = { kind, id: `${row.id}/${list.key(item)}`, parent: row };
      rows.push(list.row(item, start) as KindNode);
    }
  }
  const inner = await Promise.all(rows.map(below));
  return [...rows, ...inner.flat()];
}

test('each is listed, and has a name', async () => {
  const { connection } = opened.session;
  const rows = await below({ kind: 'connection', id: connection.id, connection });
  for (const kind of Object.keys(KINDS)) expect(rows.map((row) => row.kind)).toContain(kind);
  expect(rows.map((row) => kindOf(row).appearance(row).label)).not.toContain('');
});
