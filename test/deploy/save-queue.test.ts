/** Deploy on save with timers and deployments that take their time. */
import { describe, expect, test } from 'vitest';
import { type Restored, SaveQueue } from '../../src/deploy/on-save/save-queue';
import { keptOf, type SaveNews, type SaveOutcome } from '../../src/deploy/on-save/save-state';
import { ON_SAVE_DEFAULTS } from '../../src/deploy/targets/defaults';
import { failed } from '../../src/model/failure';
import type { Operation } from '../../src/operations/operation';
import { VirtualClock } from '../virtual-clock';

interface Deployment {
  readonly signal: AbortSignal;
  readonly onBegun: (operation: string) => void;
  end(outcome: SaveOutcome): void;
  fail(error: Error): void;
}

function open(before?: Restored) {
  const clock = new VirtualClock();
  const deployments: Deployment[] = [];
  const news: SaveNews[] = [];
  const queue = new SaveQueue(
    {
      clock,
      deploy: ({ signal, onBegun }) =>
        new Promise((end, fail) => {
          deployments.push({ signal, onBegun, end, fail });
        }),
      onNews: (one) => news.push(one),
      onState: () => undefined,
    },
    true,
    { ...ON_SAVE_DEFAULTS, debounceMs: 300 },
    before,
  );
  return { clock, deployments, news, queue };
}

describe('the queue', () => {
  test('waits for quiet, deploys, and deploys again what was saved meanwhile', async () => {
    const { clock, deployments, queue, news } = open();
    queue.changed('save', 'a.q');
    await clock.advance(200);
    queue.changed('save', 'b.q');
    await clock.advance(200);
    expect(deployments).toHaveLength(0);
    await clock.advance(100);
    expect(deployments).toHaveLength(1);
    queue.changed('save', 'a.q');
    await clock.advance(60_000);
    expect(deployments).toHaveLength(1);
    deployments[0]?.end({ kind: 'live' });
    await clock.settle();
    expect(deployments).toHaveLength(2);
    deployments[1]?.end({ kind: 'live' });
    await clock.advance(60_000);
    expect([deployments.length, queue.state.lastWentWell, news]).toEqual([2, true, []]);
    await queue.dispose();
  });

  test('goes on when the clock of the computer is set back', async () => {
    const { clock, deployments, queue } = open();
    queue.changed('save', 'a.q');
    await clock.advance(300);
    deployments[0]?.end({ kind: 'live' });
    await clock.settle();
    clock.setBack(60 * 60_000);
    queue.changed('save', 'a.q');
    await clock.advance(1_000);
    expect(deployments).toHaveLength(2);
    deployments[1]?.end({ kind: 'live' });
    await queue.dispose();
  });

  test('takes what is thrown for a failure, and an abort for a cancellation', async () => {
    const { clock, deployments, queue, news } = open();
    queue.changed('save', 'a.q');
    await clock.advance(300);
    deployments[0]?.fail(failed({ kind: 'refused', code: 'drift', facts: {} }));
    await clock.settle();
    expect(news).toEqual([{ kind: 'trouble', code: 'drift' }]);
    queue.changed('save', 'a.q');
    await clock.advance(300);
    queue.configure(false, queue.state.settings);
    expect(deployments[1]?.signal.aborted).toBe(true);
    deployments[1]?.fail(new DOMException('stop', 'AbortError'));
    await clock.settle();
    expect(news.slice(1)).toEqual([{ kind: 'not-deployed' }]);
    await queue.dispose();
  });

  test('that is disposed of begins nothing, cancels what runs and waits for its end', async () => {
    const { clock, deployments, queue } = open();
    queue.changed('save', 'a.q');
    await clock.advance(300);
    let isOver = false;
    const over = queue.dispose().then(() => {
      isOver = true;
    });
    queue.changed('save', 'a.q');
    await clock.advance(60_000);
    expect([deployments.length, deployments[0]?.signal.aborted, isOver]).toEqual([1, true, false]);
    deployments[0]?.end({ kind: 'cancelled' });
    await over;
    expect(deployments).toHaveLength(1);
  });

  test('after a reload goes on behind what AWS still works on', async () => {
    let end: (outcome: SaveOutcome) => void = () => undefined;
    const inFlight = new Promise<SaveOutcome>((done) => {
      end = done;
    });
    const first = open();
    first.queue.changed('save', 'a.q');
    await first.clock.advance(300);
    first.deployments[0]?.onBegun('sent');
    const restored = (sentAt?: number): Restored => ({
      kept: keptOf(first.queue.state),
      ledger: { operation: () => ({ sentAt }) as Operation },
      follow: () => inFlight,
    });
    const { clock, deployments, queue, news } = open(restored(1));
    queue.changed('save', 'b.q');
    await clock.advance(60_000);
    expect([deployments.length, news]).toEqual([0, []]);
    end({ kind: 'live' });
    await clock.settle();
    expect(deployments).toHaveLength(1);
    expect(open(restored()).news).toEqual([{ kind: 'not-deployed' }]);
  });
});
