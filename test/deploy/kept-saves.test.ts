/** What deploy on save finds again after the window was closed, at whatever moment that was. */
import { describe, expect, test } from 'vitest';
import { answersTo } from '../../src/deploy/on-save/save-answers';
import { SaveQueue, type SaveRun } from '../../src/deploy/on-save/save-queue';
import {
  keptOf,
  type PauseReason,
  type SaveNews,
  type SaveOutcome,
} from '../../src/deploy/on-save/save-state';
import { ON_SAVE_DEFAULTS } from '../../src/deploy/targets/defaults';
import { KeptSaves } from '../../src/view/kept-saves';
import { planned, request } from '../operations/data';
import { givenLedger } from '../operations/given';
import { VirtualClock } from '../virtual-clock';

interface Deployment extends SaveRun {
  readonly end: (outcome: SaveOutcome) => void;
}

/** A workspace and its ledger, in which windows are opened one after the other. */
async function workspace() {
  const clock = new VirtualClock();
  const ledger = await givenLedger({ clock });
  const stored = new Map<string, unknown>();
  const memento = {
    keys: () => [...stored.keys()],
    get: <T>(key: string, otherwise?: T) => (stored.get(key) ?? otherwise) as T,
    update: async (key: string, value: unknown) => void stored.set(key, JSON.parse(JSON.stringify(value))),
  };
  const kept = new KeptSaves(memento, (thrown) => {
    throw thrown;
  });

  const open = (on = true) => {
    const news: SaveNews[] = [];
    const followed: string[] = [];
    const deployments: Deployment[] = [];
    const before = kept.of('scratch');
    const follow = async (operation: string): Promise<SaveOutcome> => {
      followed.push(operation);
      return { kind: 'live' };
    };
    const queue = new SaveQueue(
      {
        clock,
        deploy: (run) => new Promise((end) => deployments.push({ ...run, end })),
        onNews: (one) => news.push(one),
        onState: (state) => kept.keep('scratch', keptOf(state)),
      },
      on,
      { ...ON_SAVE_DEFAULTS, debounceMs: 0 },
      before && { kept: before, ledger, follow },
    );
    const save = (): Deployment => {
      queue.changed('save', 'a.q');
      return deployments.at(-1) as Deployment;
    };
    return { queue, news, followed, save };
  };
  const send = async ({ onBegun }: Deployment): Promise<string> => {
    const journal = await ledger.begin(planned());
    onBegun(journal.id);
    await journal.sending(request);
    return journal.id;
  };
  return { clock, open, send };
}

describe('a window that is closed', () => {
  test('while AWS works on a deployment leaves it to be followed by the next one', async () => {
    const { clock, open, send } = await workspace();
    const sent = await send(open().save());
    const { queue, news, followed } = open();
    await clock.settle();
    expect([followed, news, queue.awaits(sent)]).toEqual([[sent], [], true]);
    expect(queue.state.lastWentWell).toBe(true);
  });

  test('while a save is planned has lost it, whatever became of the one before', async () => {
    const { clock, open, send } = await workspace();
    const first = open();
    const deployment = first.save();
    await send(deployment);
    deployment.end({ kind: 'live' });
    await clock.settle();
    first.save();
    const { queue, news, followed } = open();
    await clock.settle();
    expect([followed, news]).toEqual([[], [{ kind: 'not-deployed' }]]);
    expect(queue.state.lastWentWell).toBe(false);
  });
});

describe('what git has checked out', () => {
  test('is what it was at the deployment before, in whatever window, until the user agrees to another', async () => {
    const { open } = await workspace();
    const run = open().save();
    expect(run.agreesTo('ref: refs/heads/main')).toBe(true);
    expect(run.agreesTo('ref: refs/heads/other')).toBe(false);
    const next = open();
    const again = next.save();
    expect(again.agreesTo('ref: refs/heads/other')).toBe(false);
    expect(again.agreesTo('ref: refs/heads/main')).toBe(true);
    next.queue.resume(false);
    expect(again.agreesTo('ref: refs/heads/other')).toBe(true);
    expect(open().save().agreesTo('ref: refs/heads/main')).toBe(false);
  });

  test('does not matter outside of git', async () => {
    const { open } = await workspace();
    const run = open().save();
    expect(run.agreesTo(undefined)).toBe(true);
    expect(run.agreesTo('ref: refs/heads/main')).toBe(true);
    expect(run.agreesTo(undefined)).toBe(true);
  });
});

test('a save that is stopped by a check has no operation to look at', async () => {
  const { clock, open, send } = await workspace();
  const { queue, save } = open();
  const deployed = save();
  const operation = await send(deployed);
  deployed.end({ kind: 'live' });
  await clock.settle();
  expect(queue.state.operation).toBe(operation);
  save().end({ kind: 'blocked', code: 'content.empty' });
  await clock.settle();
  expect(queue.state.operation).toBeUndefined();
});

test('what sends is never the first button of a pause', () => {
  const offered = (reason: PauseReason) => answersTo({ kind: 'paused', reason }, { on: true });
  for (const reason of ['failures', 'changed-by-others'] as const) {
    expect(offered(reason)).toEqual(['show-details', 'only-resume', 'deploy-now']);
  }
  for (const reason of ['burst', 'head-changed'] as const) {
    expect(offered(reason)).toEqual(['only-resume', 'deploy-now']);
  }
});

test('nothing is offered to be deployed where it is switched off', async () => {
  const { clock, open } = await workspace();
  const { queue, news, save } = open();
  save();
  queue.changed('save', 'b.q');
  queue.configure(false, queue.state.settings);
  await clock.settle();
  const [lost] = news;
  expect(lost).toEqual({ kind: 'not-deployed' });
  expect(lost && answersTo(lost, queue.state)).toEqual([]);
  expect(lost && answersTo(lost, { on: true })).toEqual(['deploy-now']);
});
