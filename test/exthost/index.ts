/** What the extension host runs: every *.test.ts of this folder by mocha, the outcome written to a file. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Called by VS Code. Rejects when a test failed, which makes the window end with 1. */
export async function run(): Promise<void> {
  const { EXTHOST_RESULT: resultFile, EXTHOST_FILTER: filter } = process.env;
  if (resultFile === undefined) throw new Error('EXTHOST_RESULT names no file for the outcome');
  const mocha = new Mocha({
    color: false,
    timeout: 60_000,
    reporter: 'spec',
    forbidOnly: true,
    ...(filter && { grep: filter }),
  });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(join(__dirname, name));
  }
  await new Promise<void>((resolved, rejected) => {
    const runner = mocha.run((failures) => {
      const { passes, pending } = runner.stats ?? { passes: 0, pending: 0 };
      writeFileSync(resultFile, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
      if (failures > 0) rejected(new Error(`${failures} tests failed`));
      else resolved();
    });
  });
}
