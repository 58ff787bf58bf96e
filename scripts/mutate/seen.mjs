// A set-up file of vitest: gives each test file, and all that it starts, a record of the mutants that it comes by.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

const { SLIPWAY_MUTANTS_FOLDER: folder } = process.env;
const { testPath } = expect.getState();
if (folder === undefined || testPath === undefined)
  throw new Error('no record can be kept of the mutants seen');
const record = join(folder, encodeURIComponent(testPath));
writeFileSync(record, '');
// A test that runs as root and becomes `nobody` for a while must be able to write to it.
chmodSync(record, 0o666);
process.env['SLIPWAY_MUTANTS_SEEN'] = record;
