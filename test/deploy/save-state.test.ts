/** Deploy on save as a state machine: sequences of saves, failures, switches and reloads, each from a fresh world. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ChangeOrigin,
  initialState,
  type KeptSave,
  keptOf,
  type SaveNews,
  type SaveOutcome,
  type SaveState,
} from '../../src/deploy/on-save/save-state';
import { restored, type Step, step } from '../../src/deploy/on-save/save-step';
import { ON_SAVE_DEFAULTS } from '../../src/deploy/targets/defaults';
import type { OnSave } from '../../src/deploy/targets/target';

/** What a folder, a window, a cluster and its user do around the machine, on a clock that is moved by hand. */
class World {
  now = 0;
  /** Counts up with every change of a file. */
  content = 0;
  live = -1;
  starts = 0;
  news: SaveNews[] = [];
  /** The content of the last save that counted, and whether the user has been told of it or has decided about it. */
  saved = -1;
  told = true;
  state: SaveState;
  private wakeAt: number | undefined;
  private deployment: { readonly content: number; sent: boolean; cancelled: boolean } | undefined;

  constructor(on = true, settings: Partial<OnSave> = {}) {
    this.state = initialState(on, { ...ON_SAVE_DEFAULTS, ...settings });
  }

  get running(): boolean {
    return this.deployment !== undefined;
  }

  change(origin: ChangeOrigin, path: string): void {
    this.content += 1;
    if (this.state.on && origin === 'save') {
      this.saved = this.content;
      this.told = false;
    }
    this.take(step(this.state, { type: 'changed', origin, path }, this.now));
  }

  configure(on: boolean, settings: Partial<OnSave> = {}): void {
    this.take(
      step(
        this.state,
        { type: 'configured', on, settings: { ...this.state.settings, ...settings } },
        this.now,
      ),
    );
    // Never an upload while off.
    if (!on && this.deployment !== undefined)
      expect(this.deployment.sent || this.deployment.cancelled).toBe(true);
  }

  headChanged(): void {
    this.take(step(this.state, { type: 'head-changed' }, this.now));
  }

  resume(deploy: boolean): void {
    if (!deploy) this.told = true;
    this.take(step(this.state, { type: 'resumed', deploy }, this.now));
  }

  /** The request leaves; from here on cancelling has no effect. */
  send(): void {
    if (this.deployment !== undefined && !this.deployment.cancelled) this.deployment.sent = true;
  }

  /** The deployment ends, as it would like to or as it must. */
  end(wish: SaveOutcome): void {
    const { deployment } = this;
    if (deployment === undefined) return;
    const outcome: SaveOutcome = deployment.cancelled ? { kind: 'cancelled' } : wish;
    if (outcome.kind === 'live') this.live = deployment.content;
    if (outcome.kind === 'unchanged') this.live = deployment.content;
    this.deployment = undefined;
    const toldBefore = this.news.length;
    this.take(step(this.state, { type: 'ended', outcome }, this.now));
    if (outcome.kind === 'failed') expect(this.news.length, 'a failure is told').toBeGreaterThan(toldBefore);
  }

  reload(): void {
    const kept = JSON.parse(JSON.stringify(keptOf(this.state))) as KeptSave;
    if (this.deployment?.sent === false) this.deployment = undefined;
    this.wakeAt = undefined;
    const fresh = initialState(this.state.on, this.state.settings);
    this.take(restored(fresh, kept, this.deployment !== undefined));
  }

  advance(ms: number): void {
    const end = this.now + ms;
    while (this.wakeAt !== undefined && this.wakeAt <= end) {
      this.now = Math.max(this.now, this.wakeAt);
      this.wakeAt = undefined;
      this.take(step(this.state, { type: 'woken' }, this.now));
    }
    this.now = end;
  }

  /** Everything that is under way comes to a good end. */
  settle(): void {
    for (let round = 0; round < 20; round += 1) {
      this.advance(3_600_000);
      if (!this.running) return;
      this.send();
      this.end({ kind: 'live' });
    }
    throw new Error('It does not come to rest.');
  }

  private take({ state, effects }: Step): void {
    this.state = state;
    for (const effect of effects) {
      switch (effect.type) {
        case 'start':
          expect(this.running).toBe(false);
          expect(this.state.on && this.state.paused === undefined).toBe(true);
          this.starts += 1;
          this.deployment = { content: this.content, sent: false, cancelled: false };
          break;
        case 'cancel':
          if (this.deployment?.sent === false) this.deployment.cancelled = true;
          break;
        case 'wake':
          expect(effect.at).toBeGreaterThan(this.now);
          this.wakeAt = effect.at;
          break;
        case 'tell':
          this.news.push(effect.news);
          this.told = true;
      }
    }
    expect(this.state.running).toBe(this.running);
  }
}

describe('saves', () => {
  test('ten quick ones are two deployments, and the last state is live', () => {
    const world = new World();
    world.change('save', 'a.q');
    world.advance(500);
    expect(world.running).toBe(true);
    for (let save = 0; save < 9; save += 1) {
      world.change('save', 'a.q');
      world.advance(50);
    }
    expect(world.starts).toBe(1);
    world.send();
    world.end({ kind: 'live' });
    world.settle();
    expect([world.starts, world.live]).toEqual([2, world.content]);
  });

  test('of many files at once are one deployment', () => {
    const world = new World();
    for (let file = 0; file < 200; file += 1) world.change('save', `${file}.q`);
    world.settle();
    expect([world.starts, world.live, world.news]).toEqual([1, 200, []]);
  });

  test('wait for quiet', () => {
    const world = new World(true, { debounceMs: 300 });
    for (let save = 0; save < 5; save += 1) {
      world.change('save', 'a.q');
      world.advance(200);
    }
    expect(world.starts).toBe(0);
    world.advance(100);
    expect(world.starts).toBe(1);
  });

  test('are not postponed for ever by what another program writes', () => {
    const world = new World(true, { externalChanges: true });
    world.change('save', 'a.q');
    for (let time = 0; time < 100; time += 1) {
      world.advance(300);
      world.change('external', 'feed.log');
    }
    expect(world.starts).toBe(1);
    world.end({ kind: 'live' });
    world.settle();
    expect([world.starts, world.live]).toEqual([2, world.content]);
  });

  test('begin at once without a debounce', () => {
    const world = new World(true, { debounceMs: 0 });
    world.change('save', 'a.q');
    expect(world.starts).toBe(1);
  });

  test('by the editor itself count only when chosen', () => {
    const world = new World();
    world.change('auto-save', 'a.q');
    world.settle();
    expect(world.starts).toBe(0);
    world.configure(true, { autoSave: true });
    world.change('auto-save', 'a.q');
    world.settle();
    expect(world.starts).toBe(1);
  });

  test('do nothing while it is off, and what waited is told when it is switched off', () => {
    const world = new World(false);
    world.change('save', 'a.q');
    world.settle();
    expect([world.starts, world.news]).toEqual([0, []]);
    world.configure(true);
    world.settle();
    expect(world.starts).toBe(0);
    world.change('save', 'a.q');
    world.configure(false);
    world.settle();
    expect([world.starts, world.news]).toEqual([0, [{ kind: 'not-deployed' }]]);
  });

  test('that meet a busy cluster are tried again', () => {
    const world = new World();
    world.change('save', 'a.q');
    world.advance(500);
    world.end({ kind: 'busy' });
    expect(world.running).toBe(false);
    world.advance(30_000);
    expect(world.running).toBe(true);
    world.settle();
    expect([world.live, world.news]).toEqual([1, []]);
  });
});

describe('changes from outside', () => {
  test('count only when chosen', () => {
    const world = new World();
    for (let file = 0; file < 200; file += 1) world.change('external', `${file}.q`);
    world.headChanged();
    world.settle();
    expect([world.starts, world.news]).toEqual([0, []]);
  });

  test('in a swarm pause it once, without a deployment, whatever the debounce', () => {
    for (const debounceMs of [0, 500]) {
      const world = new World(true, { externalChanges: true, debounceMs });
      for (let file = 0; file < 200; file += 1) {
        world.change('external', `${file}.q`);
        world.advance(1);
      }
      world.headChanged();
      world.settle();
      expect([world.starts, world.news]).toEqual([0, [{ kind: 'paused', reason: 'burst' }]]);
      world.resume(true);
      world.settle();
      expect([world.starts, world.live]).toEqual([1, 200]);
    }
  });

  test('one after the other, while a deployment takes its minutes, are no swarm', () => {
    const world = new World(true, { externalChanges: true });
    world.change('save', 'a.q');
    world.advance(500);
    for (let file = 0; file < 200; file += 1) {
      world.change('external', `${file}.q`);
      world.advance(1_000);
    }
    world.send();
    world.end({ kind: 'live' });
    world.settle();
    expect([world.starts, world.live, world.news]).toEqual([2, 201, []]);
  });

  test('with another commit pause it, also when they are few', () => {
    const world = new World(true, { externalChanges: true });
    world.change('external', 'a.q');
    world.headChanged();
    world.settle();
    expect([world.starts, world.news]).toEqual([0, [{ kind: 'paused', reason: 'head-changed' }]]);
    world.resume(false);
    world.settle();
    expect(world.starts).toBe(0);
  });

  test.each(['foreign-change', 'changed-back'])(
    'of somebody else that undo a deployment (%s) pause it at once: nobody is fought with',
    (code) => {
      const world = new World();
      world.change('save', 'a.q');
      world.advance(500);
      world.end({ kind: 'failed', code });
      world.change('save', 'b.q');
      world.settle();
      expect([world.starts, world.news]).toEqual([1, [{ kind: 'paused', reason: 'changed-by-others' }]]);
    },
  );

  test('of another branch pause it at the next save, which waits', () => {
    const world = new World();
    world.change('save', 'a.q');
    world.advance(500);
    world.end({ kind: 'head-changed' });
    world.change('save', 'b.q');
    world.settle();
    expect([world.starts, world.live]).toEqual([1, -1]);
    expect(world.news).toEqual([{ kind: 'paused', reason: 'head-changed' }]);
    world.resume(true);
    world.settle();
    expect([world.starts, world.live]).toEqual([2, world.content]);
  });

  test("of the editor's own saves are no swarm", () => {
    const world = new World(true, { externalChanges: true, burst: 1 });
    for (const path of ['a.q', 'b.q', 'c.q']) {
      world.change('save', path);
      world.change('external', path);
    }
    world.settle();
    expect([world.starts, world.news]).toEqual([1, []]);
  });
});

describe('failures', () => {
  const save = (world: World, outcome: SaveOutcome): void => {
    world.change('save', 'a.q');
    world.advance(500);
    world.end(outcome);
  };

  test('three in a row pause it; each is told', () => {
    const world = new World();
    for (let count = 0; count < 3; count += 1) save(world, { kind: 'failed', code: 'x' });
    expect(world.news.map(({ kind }) => kind)).toEqual(['trouble', 'trouble', 'paused']);
    world.change('save', 'a.q');
    world.settle();
    expect(world.starts).toBe(3);
    world.resume(true);
    world.settle();
    expect([world.starts, world.live, world.state.failures]).toEqual([4, 4, 0]);
  });

  test('while it is paused for another reason are told, too', () => {
    const world = new World(true, { externalChanges: true });
    for (let count = 0; count < 2; count += 1) save(world, { kind: 'failed', code: 'x' });
    world.change('save', 'a.q');
    world.advance(500);
    world.headChanged();
    world.end({ kind: 'failed', code: 'x' });
    expect(world.news.map(({ kind }) => kind)).toEqual(['trouble', 'trouble', 'paused', 'trouble']);
  });

  test('are forgotten after a success', () => {
    const world = new World();
    for (let count = 0; count < 6; count += 1) {
      save(world, { kind: 'failed', code: 'x' });
      save(world, { kind: 'failed', code: 'x' });
      save(world, { kind: 'live' });
    }
    expect(world.state.paused).toBeUndefined();
  });

  test('because of half typed files wait for the next save of the editor, by itself or not', () => {
    for (const origin of ['save', 'auto-save'] as const) {
      const world = new World();
      save(world, { kind: 'blocked', code: 'unsaved-files', about: 'b.q' });
      world.advance(60_000);
      world.change('external', 'c.q');
      world.advance(60_000);
      expect([world.starts, world.news.length]).toEqual([1, 1]);
      world.change(origin, 'b.q');
      world.settle();
      expect([world.starts, world.live]).toEqual([2, world.content]);
    }
  });

  test('because of half typed files wait for quiet when all of them are saved', () => {
    const world = new World();
    save(world, { kind: 'blocked', code: 'unsaved-files', about: 'b.q c.q' });
    world.advance(60_000);
    world.change('save', 'b.q');
    world.change('save', 'c.q');
    world.settle();
    expect([world.starts, world.live]).toEqual([2, world.content]);
  });

  test('because of half typed files that were saved meanwhile begin again at once', () => {
    const world = new World();
    world.change('save', 'a.q');
    world.advance(500);
    world.change('save', 'b.q');
    world.end({ kind: 'blocked', code: 'unsaved-files', about: 'b.q' });
    world.settle();
    expect([world.starts, world.live]).toEqual([2, world.content]);
  });

  test('other findings of the check that blocked the save before are told, too', () => {
    const world = new World();
    const found = (about: string): SaveOutcome => ({ kind: 'blocked', code: 'secrets.found', about });
    for (const about of ['a.q 1', 'a.q 1', 'b.q 7']) save(world, found(about));
    expect(world.news).toHaveLength(2);
  });

  test('a check that blocks every save is told once, and pauses nothing', () => {
    const world = new World();
    for (let count = 0; count < 5; count += 1) save(world, { kind: 'blocked', code: 'script.not-in-zip' });
    save(world, { kind: 'blocked', code: 'content.empty' });
    expect(world.news).toEqual([
      { kind: 'trouble', code: 'script.not-in-zip' },
      { kind: 'trouble', code: 'content.empty' },
    ]);
    expect(world.state).toMatchObject({ trouble: { kind: 'blocked', code: 'content.empty' }, failures: 0 });
  });
});

describe('after a reload', () => {
  test('a deployment that AWS works on is still the one that runs', () => {
    const world = new World();
    world.change('save', 'a.q');
    world.advance(500);
    world.send();
    world.reload();
    world.change('save', 'a.q');
    world.advance(5_000);
    expect(world.starts).toBe(1);
    world.end({ kind: 'live' });
    world.settle();
    expect([world.starts, world.live, world.news]).toEqual([2, 2, []]);
  });

  test('what waited or was not sent is told, and nothing begins by itself', () => {
    for (const ms of [0, 500]) {
      const world = new World();
      world.change('save', 'a.q');
      world.advance(ms);
      world.reload();
      world.settle();
      expect([world.starts, world.news]).toEqual([ms === 0 ? 0 : 1, [{ kind: 'not-deployed' }]]);
    }
  });

  test('a pause is still one', () => {
    const world = new World(true, { externalChanges: true });
    world.headChanged();
    world.reload();
    world.change('save', 'a.q');
    world.settle();
    expect(world.starts).toBe(0);
  });
});

test('whatever happens: never two at a time, nothing while off, and the last save is live or told', () => {
  const path = fc.constantFrom('a.q', 'b.q', 'c.q', 'd.q');
  const outcome: fc.Arbitrary<SaveOutcome> = fc.oneof(
    { weight: 3, arbitrary: fc.constant<SaveOutcome>({ kind: 'live' }) },
    fc.constantFrom<SaveOutcome>(
      { kind: 'unchanged' },
      { kind: 'busy' },
      { kind: 'head-changed' },
      { kind: 'cancelled' },
    ),
    fc.constantFrom('x', 'y', 'unsaved-files').map((code): SaveOutcome => ({ kind: 'blocked', code })),
    fc.constantFrom('x', 'y').map((code): SaveOutcome => ({ kind: 'failed', code })),
  );
  const act: fc.Arbitrary<(world: World) => void> = fc.oneof(
    { weight: 6, arbitrary: path.map((one) => (world: World) => world.change('save', one)) },
    path.map((one) => (world: World) => world.change('auto-save', one)),
    { weight: 2, arbitrary: path.map((one) => (world: World) => world.change('external', one)) },
    { weight: 6, arbitrary: fc.nat(2_000).map((ms) => (world: World) => world.advance(ms)) },
    { weight: 3, arbitrary: fc.constant((world: World) => world.send()) },
    { weight: 5, arbitrary: outcome.map((one) => (world: World) => world.end(one)) },
    { weight: 2, arbitrary: fc.boolean().map((on) => (world: World) => world.configure(on)) },
    fc
      .record({
        autoSave: fc.boolean(),
        externalChanges: fc.boolean(),
        debounceMs: fc.nat(1_000),
        burst: fc.integer({ min: 1, max: 4 }),
      })
      .map((settings) => (world: World) => world.configure(world.state.on, settings)),
    fc.constant((world: World) => world.reload()),
    fc.constant((world: World) => world.headChanged()),
    { weight: 2, arbitrary: fc.boolean().map((deploy) => (world: World) => world.resume(deploy)) },
  );
  fc.assert(
    fc.property(fc.boolean(), fc.array(act, { maxLength: 60 }), (on, acts) => {
      const world = new World(on);
      // What must never happen is checked on the way, by the world itself.
      for (const one of acts) one(world);
      world.settle();
      const shown = world.state.paused !== undefined || world.state.trouble !== undefined;
      expect(world.live >= world.saved || world.told || shown).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
