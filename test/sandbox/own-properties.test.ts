/** Names that every JavaScript object knows, where a client chooses the name: they are names like any other. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseXml } from '../../src/sandbox/s3/xml';
import { raw } from './raw';
import { startTestSandbox, type TestSandbox } from './start';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox({ empty: true });
});
afterAll(() => sandbox.stop());

test.each(['__proto__', 'constructor', 'toString'])(
  'a fault or an action called %s is refused',
  async (kind) => {
    for (const path of ['faults', 'foreign']) {
      const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
        method: 'POST',
        headers: { 'x-sandbox-token': sandbox.controlToken },
        body: JSON.stringify({ kind }),
      });
      expect([path, response.status, await response.json()]).toEqual([
        path,
        400,
        { problems: expect.arrayContaining([expect.stringContaining('kind')]) },
      ]);
    }
  },
);

test('a header called constructor is signed as it was sent', async () => {
  expect((await raw(sandbox, { path: '/', headers: { constructor: 'x' } })).status).toBe(200);
});

test.each(['constructor', '__proto__', 'toString'])('the entity %s is none, and stays as it is', (name) => {
  expect(parseXml(`<a>&${name};&amp;</a>`)?.text).toBe(`&${name};&`);
});
