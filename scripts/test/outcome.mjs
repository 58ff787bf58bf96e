// The outcome of a suite, read from its report: a suite without a report has failed.
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Outcome */

/** @type {Outcome} */
export const PASSED = { passed: 1, failed: 0, skipped: 0 };
/** @type {Outcome} */
export const FAILED = { passed: 0, failed: 1, skipped: 0 };

/** @param {readonly Outcome[]} outcomes @returns {Outcome} */
export function sumOf(outcomes) {
  return outcomes.reduce((sum, each) => ({
    passed: sum.passed + each.passed,
    failed: sum.failed + each.failed,
    skipped: sum.skipped + each.skipped,
  }));
}

/** The line that a test run ends with. @param {Outcome} outcome */
export function lineOf({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * @param {string} file What vitest's JSON reporter wrote.
 * @param {boolean} endedWell Whether vitest ended with 0.
 * @returns {Outcome}
 */
export function vitestOutcome(file, endedWell) {
  if (!existsSync(file)) return FAILED;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  /** @type {{ status: string, assertionResults: unknown[] }[]} */
  const files = report.testResults;
  const unread = files.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return judged(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unread.length,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    endedWell,
  );
}

/**
 * @param {string} file An outcome as JSON.
 * @param {boolean} endedWell Whether its writer ended with 0.
 * @returns {Outcome}
 */
export function writtenOutcome(file, endedWell) {
  return existsSync(file) ? judged(JSON.parse(readFileSync(file, 'utf8')), endedWell) : FAILED;
}

/**
 * No green without a test that ran, nor where the runner itself says that something went wrong.
 * @param {Outcome} outcome
 * @param {boolean} endedWell
 * @returns {Outcome}
 */
function judged(outcome, endedWell) {
  const silent = outcome.failed === 0 && (!endedWell || outcome.passed === 0);
  return silent ? { ...outcome, failed: 1 } : outcome;
}
