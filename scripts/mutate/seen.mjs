// A set-up file of vitest: gives each test file, and all that it starts, a record of the mutants that it comes by.
import { join } from 'node:path';
import { expect } from 'vitest';

const { SLIPWAY_MUTANTS_FOLDER: folder } = process.env;
const { testPath } = expect.getState();
if (folder === undefined || testPath === undefined)
  throw new Error('no record can be kept of the mutants seen');
process.env['SLIPWAY_MUTANTS_SEEN'] = join(folder, encodeURIComponent(testPath));
