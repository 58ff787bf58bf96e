// What the benchmark of slices starts as a process of its own: `node slices-child.mjs FOLDER OUTPUT WORKER`.
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bundled } from './bundle.mjs';
import { longestSlice } from './longest-slice.mjs';

const [folder = '', output = '', workerFile = ''] = process.argv.slice(2);
const never = new AbortController().signal;
const OPERATIONS = 1_000;
const MERGED = 2_000;

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
const { compact } = /** @type {typeof import('../src/operations/compaction')} */ (
  await bundled('src/operations/compaction.ts')
);
const { formatLine } = /** @type {typeof import('../src/operations/ledger-line')} */ (
  await bundled('src/operations/ledger-line.ts')
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

/** @type {Record<string, import('./longest-slice.mjs').Slice>} */
const slices = {};
await longest('idle', () => delay(1_000));
await longest('hashing', () => packer.scan(request, never, () => undefined));
await longest('packing', () => packer.pack(request, undefined, never, () => undefined));
await longest('packing, nothing changed', () => packer.pack(request, undefined, never, () => undefined));
await longest(`${OPERATIONS} operations written to the ledger`, writeOperations);
await longest(`a ledger of ${OPERATIONS} operations opened`, async () => {
  await (await openLedger({ folder: ledgerFolder, clock: systemClock })).dispose();
});
const mergedFolder = writeLedgerFile();
await longest(`${MERGED} operations of the ledger merged`, () =>
  compact(mergedFolder, Date.now(), [], { files: 0, bytes: 0, archiveBytes: 2 ** 26, succeeded: 20 }),
);
await packer.dispose();
console.log(JSON.stringify(slices));

/** @param {string} what @param {() => Promise<unknown>} work */
async function longest(what, work) {
  slices[what] = await longestSlice(work);
}

async function writeOperations() {
  const ledger = await openLedger({ folder: ledgerFolder, clock: systemClock });
  for (let number = 0; number < OPERATIONS; number++) {
    const { id } = await ledger.begin(planned({ kind: 'code', plan: { number, files: 'x'.repeat(2_000) } }));
    await ledger.record(id, { type: 'ended', outcome: { state: 'succeeded' } });
  }
  await ledger.dispose();
}

/** @returns the folder of a ledger to which a process that ended long ago has written. */
function writeLedgerFile() {
  const folder = join(output, 'merged');
  mkdirSync(join(folder, 'ledger'), { recursive: true });
  const lines = Array.from({ length: MERGED }, (_, number) => {
    const at = { id: `op${number}`, at: number, writer: 'gone' };
    const plan = { number, files: 'x'.repeat(2_000) };
    return (
      formatLine({ type: 'planned', ...planned({ kind: 'code', plan }), ...at, seq: 2 * number }) +
      formatLine({ type: 'ended', outcome: { state: 'succeeded' }, ...at, seq: 2 * number + 1 })
    );
  });
  const file = join(folder, 'ledger/gone.jsonl');
  writeFileSync(file, lines.join(''));
  utimesSync(file, 0, 0);
  return folder;
}
