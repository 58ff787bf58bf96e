/** Requests that follow the first one of a deployment: each is written down, sent once, and known to whoever judges. */
import { beforeEach, describe, expect, test } from 'vitest';
import { applyDeployment } from '../../src/deploy/apply/apply-deployment';
import { furtherIn } from '../../src/deploy/apply/further-requests';
import { KEEP_ALL } from '../../src/deploy/configuration';
import { readOperation } from '../../src/deploy/follow/read-operation';
import type { DeploymentPlan } from '../../src/deploy/plan/plan';
import { planDeployment } from '../../src/deploy/plan/plan-deployment';
import { summaryOf } from '../../src/deploy/plan/summary';
import { refuse } from '../../src/deploy/refusal';
import { FURTHER_REQUEST } from '../../src/operations/operation';
import { runOperation } from '../../src/operations/run-operation';
import { BUCKET, hasty } from './shop';
import { Shelves } from './toy-target/shelves';
import { toyKind } from './toy-target/toy-kind';
import { toyTarget } from './toy-target/toy-target';
import { useShop } from './use-shop';

const PATH = ['cellar', 'left'];
const NEVER = new AbortController().signal;

const shop = useShop();
let shelves: Shelves;
beforeEach(async () => {
  shelves = new Shelves([PATH]);
});

async function planned(strategy: string): Promise<DeploymentPlan> {
  const destination = { ...shop.input('').destination, kind: toyKind, path: PATH, bucket: BUCKET };
  const plan = await planDeployment(
    { destination, source: { kind: 'folder', request: shop.request() }, strategy, ...KEEP_ALL },
    { ports: shop.ports, target: toyTarget(shelves, PATH), packer: shop.packer, clock: hasty },
    NEVER,
  );
  return { ...plan, passed: plan.confirmations.map(({ check }) => check) };
}

async function apply(plan: DeploymentPlan, signal = NEVER) {
  const { subject, author } = plan;
  const kind = toyKind.operationKind;
  const journal = await shop.ledger.begin({ kind, subject, author, plan: summaryOf(plan) });
  const failure = await runOperation(shop.ledger, journal, () =>
    applyDeployment(
      plan,
      {
        ports: shop.ports,
        target: toyTarget(shelves, PATH),
        packer: shop.packer,
        clock: hasty,
        journal,
        pack: shop.request(),
      },
      signal,
    ),
  );
  const operation = () => shop.ledger.operation(journal.id)!;
  return { failure, operation, sent: () => furtherIn(operation()) };
}

const sweep = (at: number, answer: string) => ({
  request: { service: 'shelves', operation: 'Sweep', input: { book: `cellar/left/${at}` } },
  answer,
});

describe('further requests', () => {
  test('go out in their order once the first was taken, and a poll knows of them', async () => {
    const { failure, operation, sent } = await apply(await planned('EMPTY'));
    expect(failure).toBeUndefined();
    expect(shelves.swept).toEqual(['cellar/left/1', 'cellar/left/2']);
    expect(sent()).toEqual([sweep(1, 'taken'), sweep(2, 'taken')]);
    expect(operation()).toMatchObject({ state: 'watching', request: { operation: 'Put' } });
    expect(readOperation(operation(), toyKind)?.update.further).toEqual(sent());
    const types = shop.ledger
      .events(operation().id)
      .map((event) => ('name' in event ? event.name : event.type));
    const [accepted, first] = [types.indexOf('accepted'), types.indexOf(FURTHER_REQUEST)];
    expect(accepted).toBeGreaterThan(types.indexOf('sending'));
    expect(first).toBeGreaterThan(accepted);
  });

  test('are none for a strategy that sends one alone', async () => {
    const { sent } = await apply(await planned('PUT'));
    expect([sent(), shelves.swept]).toEqual([[], []]);
  });

  test('end with the first that fails, and the update is followed all the same', async () => {
    const plan = await planned('EMPTY');
    shelves.sweep = async () => {
      throw refuse('folder-not-given', { root: 'the broom' });
    };
    const { failure, operation, sent } = await apply(plan);
    expect(failure).toMatchObject({ kind: 'refused', code: 'folder-not-given' });
    expect(sent()).toEqual([sweep(1, 'failed')]);
    expect(operation().state).toBe('watching');
  });

  test('are not begun after a cancel', async () => {
    const plan = await planned('EMPTY');
    const stop = new AbortController();
    const sweepOne = shelves.sweep.bind(shelves);
    shelves.sweep = async (book) => {
      await sweepOne(book);
      stop.abort();
    };
    const { failure, operation, sent } = await apply(plan, stop.signal);
    expect([sent(), shelves.swept]).toEqual([[sweep(1, 'taken')], ['cellar/left/1']]);
    expect([failure?.kind, operation().state]).toEqual(['cancelled', 'watching']);
  });

  test('are not begun after the operation was declared over', async () => {
    const plan = await planned('EMPTY');
    const sweepOne = shelves.sweep.bind(shelves);
    shelves.sweep = async (book) => {
      await sweepOne(book);
      const [running] = shop.ledger.operations();
      await shop.ledger.record(running!.id, { type: 'ended', outcome: { state: 'unwatched' } });
    };
    const { failure, sent } = await apply(plan);
    expect(failure).toMatchObject({ code: 'operation-ended' });
    expect([sent(), shelves.swept]).toEqual([[sweep(1, 'taken')], ['cellar/left/1']]);
  });

  test('of which a crash left no answer are told so', () => {
    const facts = { service: 'shelves', operation: 'Sweep', input: { book: '1' } };
    const steps = [
      { name: FURTHER_REQUEST, at: 1, facts },
      { name: 'other', at: 2 },
    ];
    expect(furtherIn({ steps })).toEqual([{ request: facts, answer: 'none' }]);
    expect(furtherIn({ steps: [{ name: FURTHER_REQUEST, at: 1, facts: { service: 'shelves' } }] })).toEqual(
      [],
    );
  });
});
