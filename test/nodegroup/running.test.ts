/** The running update is found wherever AWS lists it, within bounds, and what was not read is not called none. */
import { describe, expect, it } from 'vitest';
import type { Nodegroup } from '../../src/model/eks';
import { MOST_UPDATES } from '../../src/nodegroup/reading/history';
import { findRunning, MOST_WHILE_UPDATING, runningUpdates } from '../../src/nodegroup/reading/running';
import { unknownWords } from '../../src/view/messages/nodegroup';
import { FakeAws } from './fake-aws';
import { denied, nodegroup, update } from './nouns';
import { forever } from './operations';
import { expectPlainWords } from './plain';

const updating = nodegroup({ status: 'UPDATING', phase: 'busy' });
const degraded = nodegroup({ status: 'DEGRADED', phase: 'failed' });

/** So many updates, of which the one at `running` runs and all others have ended. */
function listing(count: number, running?: number): FakeAws {
  const aws = new FakeAws();
  aws.pageSize = 100;
  aws.updates = Array.from({ length: count }, (_, at) =>
    update({ id: `update-${at}`, status: at === running ? 'InProgress' : 'Successful' }),
  );
  return aws;
}

describe('the running update', () => {
  it.each([0, MOST_UPDATES, MOST_WHILE_UPDATING - 1])(
    'of a node group that updates is found though AWS lists it behind %d others',
    async (at) => {
      const aws = listing(MOST_WHILE_UPDATING + 50, at);
      expect(await findRunning(aws.ports.eks, updating, forever)).toMatchObject({
        update: { id: `update-${at}` },
        notRead: 0,
      });
      expect(aws.count('DescribeUpdate')).toBe(at + 1);
      expect(await runningUpdates(aws.ports.eks, updating, forever)).toMatchObject({
        value: [{ id: `update-${at}` }],
      });
    },
  );

  const bounds: readonly (readonly [string, Nodegroup, number])[] = [
    ['updates', updating, MOST_WHILE_UPDATING],
    ['is degraded', degraded, MOST_UPDATES],
  ];
  it.each(bounds)(
    'of a node group that %s is looked for within a bound, and then not known',
    async (...row) => {
      const [, group, most] = row;
      const aws = listing(most + 7, most);
      const running = await runningUpdates(aws.ports.eks, group, forever);
      expect(aws.count('DescribeUpdate')).toBe(most);
      expect(running).toEqual({ known: false, why: { code: 'not-all-read', notRead: 7 } });
      if (!running.known) expectPlainWords(unknownWords(running.why));
    },
  );

  it('is none where all were read and none runs', async () => {
    for (const aws of [listing(0), listing(MOST_WHILE_UPDATING)]) {
      expect(await runningUpdates(aws.ports.eks, updating, forever)).toEqual({ known: true, value: [] });
    }
  });

  it('is not known where it may not be read', async () => {
    const aws = listing(1, 0);
    aws.failures = { DescribeUpdate: denied('eks', 'DescribeUpdate') };
    expect(await runningUpdates(aws.ports.eks, updating, forever)).toEqual({
      known: false,
      why: { code: 'not-permitted', actions: ['eks:DescribeUpdate'] },
    });
  });
});
