// What the benchmark of slices starts as a process of its own: `node slices-child.mjs FOLDER OUTPUT WORKER`.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bundled } from './bundle.mjs';
import { longestSlice } from './longest-slice.mjs';

const [folder = '', output = '', workerFile = ''] = process.argv.slice(2);
const never = new AbortController().signal;
const OPERATIONS = 1_000;

const { createPacker } = /** @type {typeof import('../src/package/packer-client')} */ (
  await bundled('src/package/packer-client.ts')
);
const { openLedger } = /** @type {typeof import('../src/operations/ledger')} */ (
  await bundled('src/operations/ledger.ts')
);
const { systemClock } = /** @type {typeof import('../src/model/clock')} */ (
  await bundled('src/model/clock.ts')
);
const { planned } = /** @type {typeof import('../test/operations/data')} */ (
  await bundled('test/operations/data.ts')
);
const packer = createPacker({ workerFile });
const request = {
  root: folder,
  cacheFolder: join(output, 'cache'),
  include: [],
  ignore: [],
  useGitignore: false,
};
const ledgerFolder = join(output, 'ledger');

/** @type {Record<string, number>} */
const delays = {};
await longest('idle', () => delay(1_000));
await longest('hashing', () => packer.scan(request, never, () => undefined));
await longest('packing', () => packer.pack(request, undefined, never, () => undefined));
await longest('packing, nothing changed', () => packer.pack(request, undefined, never, () => undefined));
await longest(`${OPERATIONS} operations written to the ledger`, writeOperations);
await longest(`a ledger of ${OPERATIONS} operations opened`, async () => {
  await (await openLedger({ folder: ledgerFolder, clock: systemClock })).dispose();
});
await packer.dispose();
console.log(JSON.stringify(delays));

/** @param {string} what @param {() => Promise<unknown>} work */
async function longest(what, work) {
  delays[what] = await longestSlice(work);
}

async function writeOperations() {
  const ledger = await openLedger({ folder: ledgerFolder, clock: systemClock });
  for (let number = 0; number < OPERATIONS; number++) {
    const { id } = await ledger.begin(planned({ kind: 'code', plan: { number, files: 'x'.repeat(2_000) } }));
    await ledger.record(id, { type: 'ended', outcome: { state: 'succeeded' } });
  }
  await ledger.dispose();
}
