/** "Follow Running Update" follows the update that Slipway knows of, and nothing else in the same cluster. */
import { expect, test } from 'vitest';
import type { NodegroupDeps } from '../../src/commands/nodegroup/deps';
import { followRunning } from '../../src/commands/nodegroup/follow';
import { connectionOf } from '../../src/model/connection';
import { VERSION_KIND } from '../../src/nodegroup/apply/apply';
import type { Operation } from '../../src/operations/operation';
import { openOperations, PLACE } from '../nodegroup/operations';

const SANDBOX = connectionOf({ kind: 'sandbox' }, 'us-east-1');

test('a deployment to a namespace that is named like the node group is not its update', async () => {
  const { ledger } = await openOperations();
  const begin = async (kind: string, path: readonly string[]): Promise<string> => {
    const subject = {
      connectionId: SANDBOX.id,
      accountId: '111122223333',
      region: 'us-east-1',
      path,
      label: '',
    };
    const journal = await ledger.begin({ kind, subject, author: PLACE.author, plan: {} });
    await journal.watched();
    return journal.id;
  };
  const update = await begin(VERSION_KIND, ['trading', 'rdb']);
  await begin('code-kubernetes', ['trading', 'rdb', 'statefulset/hdb']);
  const followed: string[] = [];
  const runner = { follow: async ({ id }: Operation) => void followed.push(id) };
  const deps = { ledger, runner } as unknown as NodegroupDeps;
  await followRunning({ connection: SANDBOX, cluster: 'trading', nodegroup: 'rdb' }, deps);
  expect(followed).toEqual([update]);
});
