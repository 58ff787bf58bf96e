/** Reading the row of a thing settles what nobody watches any more, and nothing else. */
import { expect, test } from 'vitest';
import { settlingReads } from '../../src/commands/settling';
import type { FinSpace } from '../../src/deploy/finspace/ports';
import type { Phase } from '../../src/model/phase';
import type { Eks } from '../../src/nodegroup/ports';
import type { Operation, OperationState } from '../../src/operations/operation';

const forever = new AbortController().signal;

function operation(
  id: string,
  path: readonly string[],
  state: OperationState,
  connectionId = 'c',
): Operation {
  const subject = { connectionId, region: 'us-east-1', accountId: '1', path, label: id };
  return { id, subject, state } as unknown as Operation;
}

/** @returns ids that were settled by reading the rows. */
async function settledBy(operations: readonly Operation[], phase: Phase): Promise<readonly string[]> {
  const settled: string[] = [];
  // As ports are: what they hold is not there before it is called.
  const port = (methods: object) => new Proxy({}, { get: (_, name) => Reflect.get(methods, name) });
  const { finspace, eks } = settlingReads(
    {
      finspace: port({
        listClusters: async () => ({ items: [{ name: 'rdb', phase }] }),
        listEnvironments: async () => ({ items: ['env'] }),
      }) as FinSpace,
      eks: port({ describeNodegroup: async () => ({ name: 'workers', phase }) }) as Eks,
    },
    'c',
    {
      ledger: { operations: () => operations },
      tracker: { settle: async (id) => void settled.push(id) },
    },
  );
  expect(await finspace.listEnvironments(undefined, forever)).toEqual({ items: ['env'] });
  expect((await finspace.listClusters('env', undefined, forever)).items).toHaveLength(1);
  expect((await eks.describeNodegroup('prod', 'workers', forever)).name).toBe('workers');
  return settled;
}

const OPERATIONS = [
  operation('code', ['env', 'rdb'], 'unwatched'),
  operation('update', ['prod', 'workers'], 'unwatched'),
  operation('other-cluster', ['env', 'hdb'], 'unwatched'),
  operation('other-connection', ['env', 'rdb'], 'unwatched', 'd'),
  operation('watched', ['env', 'rdb'], 'watching'),
  operation('over', ['env', 'rdb'], 'failed'),
];

test.each<[Phase, readonly string[]]>([
  ['ready', ['code', 'update']],
  ['failed', ['code', 'update']],
  ['gone', ['code', 'update']],
  ['unknown', ['code', 'update']],
  // AWS goes on with it, and the user has said not to wait.
  ['busy', []],
])('%s: %j', async (phase, expected) => {
  expect(await settledBy(OPERATIONS, phase)).toEqual(expected);
});
