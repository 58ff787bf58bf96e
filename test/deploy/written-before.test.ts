/** What Slipway wrote while FinSpace's clusters were all it knew: it is read, and written as it was. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { targetKinds } from '../../src/commands/target-kinds';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { readOperation } from '../../src/deploy/follow/read-operation';
import { deploymentsInLedger } from '../../src/deploy/history/from-ledger';
import { parseRecordKey, recordKey } from '../../src/deploy/naming';
import { parseSummary } from '../../src/deploy/plan/summary';
import { memberOf } from '../../src/deploy/reading-json';
import { formatRecord, parseRecord } from '../../src/deploy/record';
import { batchOf, plannedRow } from '../../src/deploy/several';
import { agreementTo, notAgreedTo } from '../../src/deploy/targets/agreement';
import type { Json } from '../../src/model/json';
import { batchPlan } from '../../src/operations/batch-plan';
import type { Operation } from '../../src/operations/operation';
import { parseTargets } from './kinds';

const read = (name: string) =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../fixtures/deployments', name), 'utf8'));
const records: readonly { readonly key: string; readonly text: string }[] = read('records.json');
const operations: readonly Operation[] = read('operations.json');
const deployments = operations.filter(({ kind }) => kind === 'code');
const [batch] = operations.filter(({ kind }) => kind === 'batch');

describe('a record', () => {
  test.each(records)('$key is read, and written to the byte as it was', ({ key, text }) => {
    const record = parseRecord(text, finspaceKind)!;
    expect(record.path).toEqual(key.split('/').slice(2, 4));
    expect(formatRecord(record, finspaceKind)).toBe(text);
    const { at, operationId } = parseRecordKey(key)!;
    expect([at, operationId]).toEqual([record.at, record.operationId]);
    expect(recordKey('slipway', finspaceKind.records.folders(record.path), { at, operationId })).toBe(key);
  });
});

describe('an operation', () => {
  test.each(deployments.map((one) => [one.id, one] as const))('%s is read whole', (_id, operation) => {
    expect(targetKinds.ofOperation(operation)).toBe(finspaceKind);
    const summary = parseSummary(operation.plan, finspaceKind)!;
    const { sent, update } = readOperation(operation, finspaceKind)!;
    expect([sent.strategy, update.accepted]).toEqual([summary.strategy, true]);
    expect(update.before.configuration).toEqual(summary.before);
    expect(update.before.facts).toEqual({ status: 'RUNNING', modifiedAt: expect.any(Number) });
    // The zip's version is known from the request on.
    const code = { ...summary.next.code, versionId: expect.any(String) };
    expect(update.expected).toEqual({ ...summary.next, code });
  });

  test('is part of the history of its cluster', () => {
    const { accountId, region, path } = deployments[0]!.subject;
    const known = deploymentsInLedger(deployments, { kind: finspaceKind, accountId, region, path });
    expect(known.map(({ operationId, outcome }) => [operationId, outcome])).toEqual([
      [deployments[0]!.id, 'succeeded'],
      [deployments[2]!.id, 'watching'],
    ]);
    expect(known[1]).toMatchObject({ rollsBack: true, origin: deployments[0]!.id });
  });
});

const rowIn = ({ plan }: { readonly plan: Json }) => memberOf(plan, 'row') as object;

test('rows of a batch are carried out, and rows are written with all that they had', () => {
  const { rows } = batchPlan(batch!);
  const planned = rows.map((row) => plannedRow(row, targetKinds));
  expect(planned.map(({ plan, kind, pack }) => [plan.subject.path, plan.kind, kind.id, pack?.root])).toEqual(
    rows.map(({ planned: { subject } }) => [subject.path, 'finspace', 'finspace', '/home/ana/code']),
  );
  const again = batchOf(planned).rows;
  for (const [at, { group, planned: written }] of again.entries()) {
    const before = rows[at]!;
    expect([group, written.kind]).toEqual([before.group, before.planned.kind]);
    // What an earlier Slipway goes by is all there.
    expect(rowIn(written)).toMatchObject(rowIn(before.planned));
  }
});

test('an agreement to a target holds, and is written as it was', () => {
  const { slipwayJson, agreement } = read('agreement.json');
  const target = parseTargets(slipwayJson).entries[0]!.target!;
  expect(notAgreedTo(agreement, target)).toEqual([]);
  expect(JSON.stringify(agreementTo(target))).toBe(JSON.stringify(agreement));
  expect(notAgreedTo(agreement, { ...target, path: [target.path[0]!, 'eq-hdb'] })).toEqual(['cluster']);
});
