import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { lineOf, sumOf, vitestOutcome, writtenOutcome } from '../../scripts/test/outcome.mjs';

const folder = mkdtempSync(join(tmpdir(), 'slipway-outcome-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(json: unknown): string {
  const file = join(folder, 'result.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

const green = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{}, {}, {}, {}] }],
};

describe('the outcome of a suite', () => {
  test('is what its runner wrote', () => {
    expect(vitestOutcome(written(green), true)).toEqual({ passed: 3, failed: 0, skipped: 1 });
    expect(writtenOutcome(written({ passed: 2, failed: 1, skipped: 0 }), false)).toEqual({
      passed: 2,
      failed: 1,
      skipped: 0,
    });
  });

  test('is a failure without a result, whatever the runner ended with', () => {
    expect(vitestOutcome(join(folder, 'none'), true).failed).toBe(1);
    expect(writtenOutcome(join(folder, 'none'), true).failed).toBe(1);
  });

  test('is a failure when no test ran, or the runner failed beside its tests', () => {
    expect(writtenOutcome(written({ passed: 0, failed: 0, skipped: 4 }), true).failed).toBe(1);
    expect(vitestOutcome(written(green), false).failed).toBe(1);
  });

  test('counts a test file that could not be read', () => {
    const unread = { status: 'failed', assertionResults: [] };
    const report = { ...green, testResults: [...green.testResults, unread, unread] };
    expect(vitestOutcome(written(report), false).failed).toBe(2);
  });
});

test('a run ends with the sum of its suites', () => {
  const sum = sumOf([
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 2, failed: 1, skipped: 0 },
  ]);
  expect(lineOf(sum)).toBe('3 passed, 1 failed');
  expect(lineOf({ ...sum, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
});
