/** What a look at a large deployed zip costs, counted at the sandbox. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeployedZips } from '../../src/deploy/deployed-zips';
import { openShop, type Shop } from './shop';

const MiB = 1024 * 1024;
const signal = new AbortController().signal;
let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  const files = Array.from({ length: 9_997 }, (_, index) => {
    const path = `src/module-${index % 97}/namespace-${index % 13}/functions-${index}.q`;
    return [path, `.n${index}.f:{[x;y] x+y*${index}}\n`.repeat(1 + (index % 40))] as const;
  });
  await shop.write(Object.fromEntries(files));
  const noise = randomBytes(100 * MiB);
  for (const [index, name] of ['trade', 'quote', 'depth'].entries()) {
    noise[0] = index;
    await shop.write({ [`data/${name}.bin`]: noise });
  }
}, 120_000);
afterAll(() => shop.close());

test('the changes of a folder against 300 MB in 10,000 files take less than 3 MB, and one file its own bytes', async () => {
  const { id, failure, plan } = await shop.deploy(
    shop.input('eq-hdb', { initializationScript: { kind: 'clear' } }),
  );
  expect(failure).toBeUndefined();
  expect(plan.source).toMatchObject({ files: 10_000 });
  expect((await shop.follow(id)).state).toBe('succeeded');

  const edited = 'src/module-5/namespace-5/functions-5.q';
  await shop.write({ [edited]: '.n5.f:{x}\n', 'src/new.q': 'a:1\n' });
  await shop.remove('src/module-6/namespace-6/functions-6.q');
  await shop.sandbox.control.clearRequests();
  const changed = await shop.plan(shop.input('eq-hdb', { initializationScript: { kind: 'clear' } }));
  expect(changed.changes).toMatchObject({
    added: [{ path: 'src/new.q' }],
    changed: [{ path: edited }],
    removed: [{ path: 'src/module-6/namespace-6/functions-6.q' }],
    unchanged: 9_998,
  });
  const reads = await shop.sandbox.control.requests({ service: 's3', operation: 'GetObject' });
  expect(reads.reduce((sum, { bytesOut }) => sum + bytesOut, 0)).toBeLessThan(3 * MiB);
  expect(reads.length).toBeLessThanOrEqual(3);

  const zips = new DeployedZips(shop.ports.objects);
  const at = changed.current.configuration.code!;
  await zips.compareWithFolder(at, { entries: [], digest: '', bytes: 0 }, signal);
  await shop.sandbox.control.clearRequests();
  const content = await zips.read(at, edited, signal);
  expect(Buffer.from(content).toString()).toContain('.n5.f:{[x;y] x+y*5}');
  const [read, ...more] = await shop.sandbox.control.requests();
  expect([read?.operation, more]).toEqual(['GetObject', []]);
  expect(read?.bytesOut).toBeLessThan(1_024);
}, 180_000);
