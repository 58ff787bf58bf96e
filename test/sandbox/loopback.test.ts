/** The sandbox is reached from this machine alone: it takes any code and has keys of its own. */
import { createConnection } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '../../src/sandbox/server';

let server: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  server = await listen(0, {
    admit: () => 0,
    answer: async () => ({ kind: 'reply', status: 200, headers: {}, body: Buffer.from('yes') }),
  });
});
afterAll(() => server.close(0));

/** What a connection to the port comes to at another of this machine's addresses. */
function reach(host: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port: server.port });
    socket.once('connect', () => {
      socket.destroy();
      resolve('connected');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'failed'));
  });
}

test('it listens at 127.0.0.1', async () => {
  expect(await reach('127.0.0.1')).toBe('connected');
});

/** All of 127.0.0.0/8 is this machine's on Linux. A server at every address would answer at `::1`, too. */
test.each(['::1', ...(process.platform === 'linux' ? ['127.0.0.2'] : [])])(
  'it does not listen at %s',
  async (address) => {
    expect(await reach(address)).not.toBe('connected');
  },
);
