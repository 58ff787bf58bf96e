/** How far an update is: never more than is true, never backwards, and the same after a reload. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DrainNumbers, numbersOf } from '../../src/drain/numbers';
import { firstSeenProgress, recordedProgress, type UpdateProgress } from '../../src/drain/progress';
import { isProgressFact, progressFacts, readProgress } from '../../src/drain/progress-record';
import type { Facts } from '../../src/model/json';
import { budget, MINUTE, NOW, pod, unscheduledPod } from './cluster';
import { UpdateStory } from './update-story';

const begun = (story: UpdateStory): UpdateProgress => recordedProgress([...story.nodes.values()], story.now);
const shown = (story: UpdateStory, progress: UpdateProgress): DrainNumbers =>
  numbersOf(progress, story.watched, story.now);
const short = ({ phase, gone, old, ready, replaced }: DrainNumbers): string =>
  `${phase} ${gone}/${old} gone, ${ready} ready, ${replaced} replaced`;

/** What the ledger gives back. */
const reloaded = (progress: UpdateProgress): UpdateProgress | undefined =>
  readProgress(JSON.parse(JSON.stringify(progressFacts(progress))));

describe('an update', () => {
  it('by DEFAULT counts 0 to 2 of 2, through its phases', () => {
    const story = new UpdateStory(2);
    let progress = begun(story);
    const seen: string[] = [];
    const step = (): void => {
      progress = story.next(progress);
      seen.push(short(shown(story, progress)));
    };
    step();
    story.add('new-1');
    step();
    story.change('new-1', { ready: true });
    step();
    story.cordonOld();
    step();
    story.run(pod({ nodeName: 'old-1', deletedAt: story.now }));
    step();
    story.remove('old-1');
    step();
    story.add('new-2', { ready: true });
    story.add('new-3', { ready: true });
    step();
    story.remove('old-2');
    step();
    story.remove('new-3');
    step();
    expect(seen).toEqual([
      'adding 0/2 gone, 0 ready, 0 replaced',
      'adding 0/2 gone, 0 ready, 0 replaced',
      'adding 0/2 gone, 1 ready, 0 replaced',
      'cordoned 0/2 gone, 1 ready, 0 replaced',
      'draining 0/2 gone, 1 ready, 0 replaced',
      'draining 1/2 gone, 1 ready, 1 replaced',
      'draining 1/2 gone, 3 ready, 1 replaced',
      'removing 2/2 gone, 3 ready, 2 replaced',
      'removing 2/2 gone, 2 ready, 2 replaced',
    ]);
  });

  it('by MINIMAL calls no node replaced before another is ready', () => {
    const story = new UpdateStory(2);
    let progress = begun(story);
    story.cordonOld();
    story.remove('old-1');
    progress = story.next(progress);
    expect(short(shown(story, progress))).toBe('draining 1/2 gone, 0 ready, 0 replaced');
    story.add('new-1');
    progress = story.next(progress);
    story.change('new-1', { ready: true });
    progress = story.next(progress);
    expect(short(shown(story, progress))).toBe('draining 1/2 gone, 1 ready, 1 replaced');
  });

  it('of the launch template alone tells old nodes by their uids', () => {
    const story = new UpdateStory(1);
    let progress = begun(story);
    const [old] = story.nodes.values();
    story.add('new-1', { ...old, uid: 'another', name: 'new-1', instanceId: 'i-2', ready: true });
    progress = story.next(progress);
    expect(short(shown(story, progress))).toBe('adding 0/1 gone, 1 ready, 0 replaced');
  });

  it('does not take an old machine that joins again for a new node', () => {
    const story = new UpdateStory(2);
    let progress = begun(story);
    story.remove('old-1');
    story.add('old-1', { uid: 'again', instanceId: 'i-old-1', ready: true });
    progress = story.next(progress);
    expect(short(shown(story, progress))).toBe('adding 0/2 gone, 0 ready, 0 replaced');
    expect(progress.nodes).toHaveLength(2);
  });

  it('counts a new machine that joins again as ready, and as one', () => {
    const story = new UpdateStory(1);
    story.add('new-1', { ready: true });
    let progress = story.next(begun(new UpdateStory(1)));
    story.remove('new-1');
    story.add('new-1', { uid: 'again', ready: true });
    progress = story.next(progress);
    expect(short(shown(story, progress))).toBe('adding 0/1 gone, 1 ready, 0 replaced');
    expect(progress.nodes).toHaveLength(2);
  });

  it('that somebody else began counts the old nodes that were left', () => {
    const story = new UpdateStory(2);
    story.add('new-1', { createdAt: NOW - 5 * MINUTE, ready: true });
    let progress = firstSeenProgress(story.watched, NOW - 10 * MINUTE, story.now);
    progress = story.next(progress);
    expect(progress.basis).toBe('first-seen');
    expect(short(shown(story, progress))).toBe('adding 0/2 gone, 1 ready, 0 replaced');
  });

  it('says since when a node drains, and what is left on it', () => {
    const story = new UpdateStory(2);
    let progress = begun(story);
    story.cordonOld();
    story.run(pod({ nodeName: 'old-1', deletedAt: NOW }));
    story.run(pod({ name: 'rdb-1', nodeName: 'old-1' }));
    story.run(
      pod({ name: 'cni', nodeName: 'old-1', controller: { kind: 'DaemonSet', name: 'c', uid: 'c' } }),
    );
    progress = story.next(progress);
    const since = story.now;
    story.run(pod({ name: 'gw-0', nodeName: 'old-2', disruptionTarget: true }));
    story.remove('old-3');
    progress = story.next(progress);
    expect(shown(story, progress).draining).toEqual([
      { name: 'old-1', since, podsLeft: 2 },
      { name: 'old-2', since: since + MINUTE, podsLeft: 1 },
    ]);
  });

  it('does not call a node draining that is not cordoned, whatever a rollout deletes on it', () => {
    const story = new UpdateStory(1);
    let progress = begun(story);
    story.run(pod({ nodeName: 'old-1', deletedAt: NOW }));
    progress = story.next(progress);
    expect(shown(story, progress)).toMatchObject({ phase: 'adding', draining: [] });
  });
});

describe('pods that are held', () => {
  const spent = budget({ disruptionsAllowed: 0, currentHealthy: 2 });
  const heldBy = (story: UpdateStory, progress: UpdateProgress): readonly string[] =>
    shown(story, progress).held.map(({ pod: of, code }) => `${of.name} ${code}`);

  function draining(): { readonly story: UpdateStory; readonly progress: UpdateProgress } {
    const story = new UpdateStory(1);
    let progress = begun(story);
    story.run(pod({ nodeName: 'old-1' }));
    story.cover(budget());
    story.cordonOld();
    progress = story.next(progress);
    return { story, progress };
  }

  it('are named with their budget, on old nodes alone', () => {
    const { story, progress } = draining();
    story.cover(budget({ disruptionsAllowed: 0, maxUnavailable: 0, desiredHealthy: 3 }));
    story.add('new-1', { ready: true });
    story.run(pod({ name: 'rdb-1', nodeName: 'new-1' }));
    expect(heldBy(story, story.next(progress))).toEqual(['rdb-0 budget-never']);
  });

  it('are not those that wait for another pod to start on its next node', () => {
    const { story, progress } = draining();
    story.cover(spent);
    const starting = { name: 'rdb-1', nodeName: 'new-1', ready: false, createdAt: story.now };
    story.run(pod({ ...starting, waiting: [{ container: 'q', reason: 'ContainerCreating' }] }));
    expect(heldBy(story, story.next(progress))).toEqual([]);
    story.run(pod({ ...starting, waiting: [{ container: 'q', reason: 'CrashLoopBackOff' }] }));
    expect(heldBy(story, story.next(progress))).toEqual(['rdb-0 budget-not-now']);
    story.run(pod(starting));
    for (let minute = 0; minute < 5; minute += 1) story.next(progress);
    expect(heldBy(story, story.next(progress))).toEqual(['rdb-0 budget-not-now']);
  });

  it('are those whose other pod was not ready from the start, and those whose replacement finds no node', () => {
    const story = new UpdateStory(1);
    story.run(pod({ nodeName: 'old-1' }));
    story.run(pod({ name: 'rdb-1', nodeName: 'elsewhere', ready: false, createdAt: NOW }));
    story.cover(spent);
    story.cordonOld();
    const progress = story.next(begun(story));
    expect(heldBy(story, progress)).toEqual(['rdb-0 budget-not-now']);
    story.run(unscheduledPod({ name: 'rdb-2' }));
    expect(heldBy(story, story.next(progress))).toEqual(['rdb-0 replacement-pending']);
  });
});

describe('the progress in the ledger', () => {
  it('is read back whole, in the middle of an update', () => {
    const story = new UpdateStory(3);
    let progress = begun(story);
    expect(reloaded(progress)).toEqual(progress);
    story.cordonOld();
    story.add('new-1', { ready: true });
    story.run(pod({ nodeName: 'old-1', deletedAt: NOW, ready: false }));
    progress = story.next(progress);
    story.remove('old-2');
    progress = story.next(progress);
    expect(reloaded(progress)).toEqual(progress);
  });

  it('changes one fact for one node', () => {
    const story = new UpdateStory(3);
    const before = story.next(begun(story));
    story.change('old-2', { unschedulable: true });
    const after = story.next(before);
    const [one, other] = [progressFacts(before), progressFacts(after)] as [Facts, Facts];
    const changed = Object.keys(other).filter(
      (name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]),
    );
    expect(changed).toEqual(['node/node-old-2']);
    expect(Object.keys(other).every(isProgressFact)).toBe(true);
    expect(['updateId', 'nodegroup', 'held'].some(isProgressFact)).toBe(false);
  });

  it('keeps nothing of a node group that is too large, rather than a part', () => {
    expect(progressFacts(begun(new UpdateStory(1_001)))).toBeUndefined();
  });

  it.each([
    ['none', {}],
    ['another form', { drainProgress: 'x' }],
    ['another phase', { drainProgress: { basis: 'recorded', mostReady: 1, phase: 'x', phaseSince: 1 } }],
    ['no numbers', { drainProgress: { basis: 'recorded', phase: 'adding' } }],
  ])('is unknown from %s', (_name, facts) => {
    expect(readProgress(facts)).toBeUndefined();
  });

  it('leaves out a node that it cannot read', () => {
    const facts = { ...progressFacts(begun(new UpdateStory(1))), 'node/x': { uid: 'x' } };
    expect(readProgress(facts)?.nodes.map(({ name }) => name)).toEqual(['old-1']);
  });
});

it('is monotone and true in whatever order nodes come, go, and are looked at, with reloads in between', () => {
  const step = fc.record({
    what: fc.constantFrom('add', 'ready', 'unready', 'remove-old', 'remove-new', 'cordon'),
    at: fc.nat(5),
    isLookedAt: fc.boolean(),
    isReloaded: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 40 }), (old, steps) => {
      const story = new UpdateStory(old);
      let progress = begun(story);
      let before = shown(story, progress);
      let everReady = 0;
      for (const { what, at, isLookedAt, isReloaded } of steps) {
        if (what === 'add') story.add(`new-${at}`);
        else if (what === 'ready') story.change(`new-${at}`, { ready: true });
        else if (what === 'unready') story.change(`new-${at}`, { ready: false });
        else if (what === 'cordon') story.cordonOld();
        else story.remove(`${what === 'remove-old' ? 'old' : 'new'}-${at + 1}`);
        const isOld = ({ name }: { readonly name: string }): boolean => name.startsWith('old');
        const present = [...story.nodes.values()];
        everReady = Math.max(everReady, present.filter((node) => !isOld(node) && node.ready === true).length);
        if (!isLookedAt) continue;
        progress = story.next(progress);
        if (isReloaded) progress = reloaded(progress)!;
        const numbers = shown(story, progress);
        expect(numbers.old).toBe(old);
        expect(numbers.gone).toBe(old - present.filter(isOld).length);
        expect(numbers.replaced).toBeGreaterThanOrEqual(before.replaced);
        expect(numbers.replaced).toBeLessThanOrEqual(Math.min(numbers.gone, everReady));
        before = numbers;
      }
    }),
    { numRuns: 300, seed: 20_261_130 },
  );
});
