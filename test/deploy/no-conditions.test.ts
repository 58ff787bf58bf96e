/** A deployment to a store that does not know `If-None-Match`: each object is sent once more, without the condition. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PutRequest } from '../../src/deploy/ports';
import { failed } from '../../src/model/failure';
import { openShop, Q_CODE, replacing, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

test('puts zip and record without it, each after one refusal, and goes live', async () => {
  await shop.write(Q_CODE);
  const puts: Pick<PutRequest, 'key' | 'onlyIfAbsent'>[] = [];
  const objects = replacing(shop.ports.objects, {
    put: async (request, signal) => {
      const { key, onlyIfAbsent } = request;
      puts.push({ key, onlyIfAbsent });
      if (!onlyIfAbsent) return shop.ports.objects.put(request, signal);
      throw failed({
        kind: 'aws',
        service: 's3',
        operation: 'PutObject',
        reason: 'other',
        name: 'NotImplemented',
        message: 'No.',
        status: 501,
        passing: false,
        answered: true,
      });
    },
  });
  const context = { ports: { ...shop.ports, objects } };
  const { id, failure } = await shop.deploy(shop.input('eq-rdb'), { context });
  expect(failure).toBeUndefined();
  expect((await shop.follow(id)).state).toBe('succeeded');
  const keys = [...new Set(puts.map(({ key }) => key))];
  expect(keys).toHaveLength(2);
  for (const name of keys) {
    expect(puts.filter(({ key }) => key === name).map(({ onlyIfAbsent }) => onlyIfAbsent)).toEqual([
      true,
      false,
    ]);
  }
});
