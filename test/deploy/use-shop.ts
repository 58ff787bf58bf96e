/** The shop for tests; {@link openShop} alone is for benches, too, which know no vitest. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { openShop, Q_CODE, type Shop } from './shop';

/**
 * The shop that the tests of a file share: open from the first test on, and closed after the last. Before each test its
 * sandbox is as at its start, and `code` is written into its folder: usually code that was never deployed before.
 */
export function useShop(code: () => Readonly<Record<string, string>> = freshCode): Shop {
  let shop: Shop | undefined;
  beforeAll(async () => {
    shop = await openShop();
  });
  beforeEach(async () => {
    await shop?.sandbox.control.reset();
    await shop?.write(code());
  });
  afterAll(() => shop?.close());
  return new Proxy({} as Shop, {
    get: (_, name) => {
      if (shop === undefined) throw new Error('the shop is not open yet');
      return Reflect.get(shop, name);
    },
  });
}

function freshCode(): Readonly<Record<string, string>> {
  return { ...Q_CODE, 'version.q': `${Math.random()}\n` };
}
