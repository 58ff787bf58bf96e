/** Answers that come all at once are read a few at a time, so that whoever types is not held up. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { expect, test } from 'vitest';
import type { SendOptions } from '../../src/aws/caller';
import { clientConfig } from '../../src/aws/client-config';

const MANY = 24;
/** Three in the phase of a turn in which answers come, and three in the one after it. */
const MOST = 6;

test('no turn of the event loop reads more than a few answers', async () => {
  const held: ServerResponse[] = [];
  const server = createServer((_, response) => {
    held.push(response);
    if (held.length < MANY) return;
    for (const one of held) one.end('{"clusters":[]}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const client = new EKSClient(
    clientConfig({
      region: 'eu-west-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: async () => ({ accessKeyId: 'AKIA', secretAccessKey: 's' }),
    }),
  );
  let read = 0;
  const all = Array.from({ length: MANY }, async () => {
    const options: SendOptions = { abortSignal: new AbortController().signal, operation: 'ListClusters' };
    await client.send(new ListClustersCommand({}), options);
    read += 1;
  });
  const inEachTurn: number[] = [];
  while (read < MANY) {
    const before = read;
    await nextTurn();
    inEachTurn.push(read - before);
  }
  await Promise.all(all);
  expect(Math.max(...inEachTurn)).toBeLessThanOrEqual(MOST);
  client.destroy();
  server.close();
});
