// How tests run over mutants, in a copy of the project: as ever, but in a given order and with a limit for what hangs.
import { defineConfig, mergeConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import base from '../../vitest.config.mts';

const {
  SLIPWAY_MUTANTS_FOLDER: folder,
  SLIPWAY_MUTANT_TESTS: tests = '[]',
  SLIPWAY_MUTANT_LIMIT,
} = process.env;
/** @type {readonly string[]} */
const order = JSON.parse(tests);

class InGivenOrder extends BaseSequencer {
  /** @override @param {import('vitest/node').TestSpecification[]} files */
  async sort(files) {
    return files.toSorted((a, b) => order.indexOf(a.moduleId) - order.indexOf(b.moduleId));
  }
}

/** No test is to fail here because the machine is busy: nothing could be judged by it then. */
const PATIENCE_MS = 600_000;

/** The first run, over which no mutant is awake, shows which file comes by which mutant. */
const looking = folder !== undefined;
const limit = Number(SLIPWAY_MUTANT_LIMIT);

export default defineConfig(() => {
  const { globalSetup = [], ...test } = base.test ?? {};
  return mergeConfig(
    { ...base, test },
    looking
      ? {
          test: {
            globalSetup,
            isolate: true,
            setupFiles: ['scripts/mutate/seen.mjs'],
            testTimeout: PATIENCE_MS,
            hookTimeout: PATIENCE_MS,
          },
        }
      : {
          test: {
            maxWorkers: 1,
            bail: 1,
            testTimeout: limit,
            hookTimeout: limit,
            expect: { poll: { timeout: limit } },
            sequence: { sequencer: InGivenOrder },
          },
        },
  );
});
