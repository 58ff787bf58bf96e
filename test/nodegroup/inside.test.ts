/** What the follow of an update tells of the inside of its cluster: numbers, what holds it, and that it never matters to the end. */
import { describe, expect, it } from 'vitest';
import { insideProgress } from '../../src/commands/nodegroup/inside-progress';
import { outcomeWords } from '../../src/commands/outcome';
import { estimateOf, withEstimate } from '../../src/commands/update-estimate';
import type { DrainWatch, WatchedNodes } from '../../src/drain/ports';
import { recordedProgress } from '../../src/drain/progress';
import type { Clock } from '../../src/model/clock';
import type { EksUpdate } from '../../src/model/eks';
import { failed } from '../../src/model/failure';
import { applyUpdate, updateOperation } from '../../src/nodegroup/apply/apply';
import type { NodesBefore } from '../../src/nodegroup/apply/send';
import { versionFollower } from '../../src/nodegroup/follow/follow';
import { AuditReader } from '../../src/nodegroup/inside/audit-reader';
import { ClusterWatches } from '../../src/nodegroup/inside/cluster-watches';
import { insideOf, withoutInside } from '../../src/nodegroup/inside/inside';
import { planUpdate } from '../../src/nodegroup/plan/plan';
import { type PlanRecord, recordJson, recordOf } from '../../src/nodegroup/plan/record';
import type { Operation } from '../../src/operations/operation';
import { known, unknown } from '../../src/plan/optional-read';
import { budget, drainFacts, MINUTE, pod } from '../drain/cluster';
import { UpdateStory } from '../drain/update-story';
import { FakeAws } from './fake-aws';
import { NEWEST, NOW, nodegroup, situation, update } from './nouns';
import { forever, openOperations, PLACE } from './operations';

const words = (failure: { readonly kind: string }): string => `(${failure.kind})`;
const unreachable = failed({ kind: 'unexpected', message: 'private endpoint' });

/** A watch that tells what the test makes it tell, as heard now. */
class FakeWatch implements DrainWatch {
  constructor(private readonly clock: Clock) {}

  readonly watching: { readonly nodegroup: string | undefined; readonly signal: AbortSignal }[] = [];
  #listener: Parameters<DrainWatch['watch']>[1] | undefined;

  watch(
    nodegroup: string | undefined,
    listener: Parameters<DrainWatch['watch']>[1],
    signal: AbortSignal,
  ): void {
    this.watching.push({ nodegroup, signal });
    this.#listener = listener;
  }

  tell(watched: WatchedNodes): void {
    this.tellAsOf(watched, this.clock.now());
  }

  tellAsOf(watched: WatchedNodes, asOf: number): void {
    this.#listener?.changed({ ...watched, asOf });
  }

  interrupt(thrown: unknown): void {
    this.#listener?.interrupted(thrown);
  }
}

function record(parts: Parameters<typeof situation>[0]): PlanRecord {
  const planned = planUpdate(situation(parts), { version: '1.33', release: NEWEST, force: false }, NOW);
  if (!planned.valid) throw new Error('not valid');
  return recordOf(planned.plan);
}

/** An update under way, with whatever the test's watch tells. */
async function underWay(
  nodesBefore?: (story: UpdateStory) => NodesBefore,
  planned = record({ drain: known({ facts: drainFacts(), unread: [] }) }),
) {
  const aws = new FakeAws();
  aws.onUpdate = () => {
    aws.updates = [update()];
    return { update: update() };
  };
  const story = new UpdateStory(2);
  const operations = await openOperations();
  const { operation } = await operations.carryOut(updateOperation(planned, PLACE), (journal) =>
    applyUpdate(planned, aws.ports.eks, journal, forever, nodesBefore?.(story)),
  );
  const watch = new FakeWatch(operations.clock);
  let open: () => Promise<DrainWatch> = async () => watch;
  const watches = () => new ClusterWatches({ open: () => open(), clock: operations.clock });
  let lines: readonly string[] | undefined;
  const asked: string[] = [];
  const follow = () =>
    versionFollower({
      eks: () => aws.ports.eks,
      clock: operations.clock,
      watches: watches(),
      audit: new AuditReader(async () => ({
        refusedEvictions: async (cluster) => {
          asked.push(cluster);
          return lines;
        },
      })),
    });
  let follower = follow();
  return {
    ...operations,
    aws,
    audited: asked,
    keepsAuditLog: (kept: readonly string[]) => {
      lines = kept;
    },
    story,
    watch,
    operation,
    cannotOpen: (thrown: unknown) => {
      open = () => Promise.reject(thrown);
    },
    canOpen: () => {
      open = async () => watch;
    },
    /** As after a reload of the window: nothing is left but the ledger. */
    reload: () => {
      follower = follow();
    },
    look: async (): Promise<Operation> => {
      const looked = await operations.look(follower, operation.id);
      // A watch that was just begun tells at its next turn.
      await Promise.resolve();
      return looked;
    },
    ends: (parts: Partial<EksUpdate>) => {
      aws.updates = [update(parts)];
    },
  };
}

const recorded =
  (story: UpdateStory): NodesBefore =>
  async () =>
    recordedProgress([...story.nodes.values()], NOW);

const numbers = (operation: Operation): string => {
  const shown = insideOf(operation)?.numbers;
  return shown ? `${shown.basis} ${shown.replaced}/${shown.old}` : 'none';
};

describe('the nodes before an update', () => {
  it('are written down before it is sent', async () => {
    const { operation } = await underWay(recorded);
    const step = operation.steps.find(({ name }) => name === 'read-nodes');
    expect(Object.keys(step?.facts ?? {}).filter((name) => name.startsWith('node/'))).toHaveLength(2);
    expect(step?.at).toBeLessThanOrEqual(operation.sentAt ?? 0);
  });

  it('do not keep it from being sent when they cannot be read', async () => {
    const { operation } = await underWay(() => () => Promise.reject(unreachable));
    expect(operation.state).toBe('watching');
    expect(operation.steps.find(({ name }) => name === 'read-nodes')?.facts).toMatchObject({
      failure: { message: 'private endpoint' },
    });
  });

  it('are not asked for where the plan could not look inside', async () => {
    const planned = record({ drain: unknown({ kind: 'unexpected', message: 'no' } as const) });
    const { operation } = await underWay(() => () => Promise.reject(new Error('asked')), planned);
    expect(operation.steps.map(({ name }) => name)).toEqual(['read-node-group']);
  });
});

describe('the follow', () => {
  it('has numbers as soon as the watch has seen everything, and never fewer', async () => {
    const { watch, story, look } = await underWay(recorded);
    expect(numbers(await look())).toBe('none');
    expect(watch.watching.map((one) => one.nodegroup)).toEqual(['workers']);
    watch.tell(story.watched);
    expect(numbers(await look())).toBe('recorded 0/2');
    story.remove('old-1');
    story.add('new-1', { ready: true });
    watch.tell(story.watched);
    expect(numbers(await look())).toBe('recorded 1/2');
    story.change('new-1', { ready: false });
    watch.tell(story.watched);
    expect(numbers(await look())).toBe('recorded 1/2');
    expect(watch.watching).toHaveLength(1);
  });

  it('corrects what its plan expected by the pace at which old nodes go, also after a reload', async () => {
    const { watch, story, look, reload, clock } = await underWay(recorded);
    await look();
    story.cordonOld();
    story.run(pod({ nodeName: 'old-1', deletedAt: NOW }));
    watch.tell(story.watched);
    const begun = await look();
    expect(estimateOf(begun, clock.now())).toMatch(/^about \d+ to \d+ min left$/);
    await clock.advance(10 * MINUTE);
    // Nobody has asked for so long that the watch begins anew.
    await look();
    story.remove('old-1');
    story.add('new-1', { ready: true });
    watch.tell(story.watched);
    await look();
    reload();
    const again = await look();
    expect(estimateOf(again, clock.now())).toBe('about 5 to 21 min left, at the pace so far');
    expect(estimateOf({ ...again, state: 'succeeded' }, clock.now())).toBeUndefined();
  });

  it('finds its numbers again after a reload, with old nodes that went meanwhile', async () => {
    const { watch, story, look, reload } = await underWay(recorded);
    await look();
    watch.tell(story.watched);
    await look();
    reload();
    story.remove('old-1');
    story.add('new-1', { ready: true });
    expect(numbers(await look())).toBe('recorded 0/2');
    watch.tell(story.watched);
    expect(numbers(await look())).toBe('recorded 1/2');
  });

  it('counts from the first look where nobody wrote the nodes down', async () => {
    const { watch, story, look } = await underWay();
    await look();
    watch.tell(story.watched);
    expect(numbers(await look())).toBe('first-seen 0/2');
  });

  it('goes on without the cluster, says why, and has the numbers again later', async () => {
    const { watch, story, look, clock } = await underWay(recorded);
    await look();
    watch.tell(story.watched);
    await look();
    watch.interrupt(unreachable);
    const blind = await look();
    expect(blind.state).toBe('watching');
    expect(numbers(blind)).toBe('recorded 0/2');
    expect(insideProgress(blind, words, NOW)?.words).toContain(
      'Not all of the cluster can be seen now. (unexpected)',
    );
    // What is told once more from before does not end it.
    watch.tellAsOf(story.watched, clock.now() - 1);
    expect(insideOf(await look())?.problem).toMatchObject({ message: 'private endpoint' });
    story.remove('old-1');
    story.add('new-1', { ready: true });
    watch.tell(story.watched);
    const seeing = await look();
    expect(numbers(seeing)).toBe('recorded 1/2');
    expect(insideOf(seeing)?.problem).toBeUndefined();
  });

  it('takes nodes that it may not list for unknown, not for gone', async () => {
    const { watch, story, look } = await underWay(recorded);
    await look();
    watch.tell(story.watched);
    await look();
    const denied = { nodes: { kind: 'unexpected', message: 'nodes is forbidden' } } as const;
    watch.tell({ ...story.watched, nodes: new Map(), denied });
    const blind = await look();
    expect(numbers(blind)).toBe('recorded 0/2');
    expect(insideOf(blind)?.problem).toEqual(denied.nodes);
  });

  it('counts on without budgets, and says that they are not known', async () => {
    const { watch, story, look } = await underWay(recorded);
    await look();
    story.remove('old-1');
    story.add('new-1', { ready: true });
    const denied = { budgets: { kind: 'unexpected', message: 'forbidden' } } as const;
    watch.tell({ ...story.watched, denied });
    const seen = await look();
    expect(numbers(seen)).toBe('recorded 1/2');
    expect(insideOf(seen)?.problem).toEqual(denied.budgets);
  });

  it('tries to begin its watch again', async () => {
    const { watch, story, look, cannotOpen, canOpen, clock } = await underWay(recorded);
    cannotOpen(unreachable);
    await look();
    const blind = await look();
    expect(insideOf(blind)?.problem).toMatchObject({ message: 'private endpoint' });
    expect(insideProgress(blind, words, NOW)?.short).toBe('cluster not seen');
    canOpen();
    await clock.advance(60_000);
    watch.tell(story.watched);
    expect(numbers(await look())).toBe('recorded 0/2');
  });

  it('leaves the end to EKS, whatever is seen', async () => {
    const { watch, look, ends, aws } = await underWay(recorded);
    await look();
    watch.interrupt(unreachable);
    aws.nodegroups = [nodegroup({ version: '1.33', releaseVersion: NEWEST })];
    ends({ status: 'Successful' });
    const ended = await look();
    expect(ended.state).toBe('succeeded');
    expect(watch.watching[0]?.signal.aborted).toBe(true);
  });

  it('ends its watch when nobody asks any more', async () => {
    const { watch, look, clock } = await underWay(recorded);
    await look();
    await clock.advance(4 * 60_000);
    await look();
    await clock.advance(5 * 60_000);
    expect(watch.watching[0]?.signal.aborted).toBe(false);
    await clock.advance(5 * 60_000);
    expect(watch.watching[0]?.signal.aborted).toBe(true);
  });

  it('writes nothing down where nothing has changed', async () => {
    const { watch, story, look, ledger, operation } = await underWay(recorded);
    await look();
    watch.tell(story.watched);
    await look();
    const before = ledger.operation(operation.id)?.facts;
    story.now += 60_000;
    watch.tell(story.watched);
    expect((await look()).facts).toEqual(before);
  });
});

describe('a drain that is held', () => {
  const never = budget({ disruptionsAllowed: 0, maxUnavailable: 0, desiredHealthy: 3 });
  const message = 'Reached max retries while trying to evict pods from nodes in node group workers';

  async function held() {
    const update = await underWay(recorded);
    const { watch, story, look } = update;
    await look();
    story.cordonOld();
    story.cover(never);
    story.run(pod({ nodeName: 'old-1' }));
    story.run(pod({ name: 'rdb-1', nodeName: 'old-2' }));
    watch.tell(story.watched);
    return { ...update, while: await look() };
  }

  it('is told while it is followed, as an inference', async () => {
    const { while: shown } = await held();
    const progress = insideProgress(shown, words, NOW);
    expect(progress).toEqual({
      words:
        '0 of 2 nodes replaced · the old nodes are cordoned and no pod leaves yet; it may be quiet for half an hour (0 s now) · shop/rdb-0 seems to be held: The budget rdb (needs 3 healthy, has 3) never lets one of its pods go. And 1 pod more.',
      short: '0 of 2 replaced, 2 pods held',
      share: 0,
    });
  });

  it('is no time left by a plan that counts on nothing being held, until it is released', async () => {
    const { while: shown, clock, look, story, watch } = await held();
    const fails = 'time left unknown while pods are held: after 15 min at a node the update fails';
    expect(estimateOf(shown, clock.now())).toBe(fails);
    expect(withEstimate({ short: '2 pods held' }, shown, clock.now())).toEqual({ short: '2 pods held' });
    const forced = recordJson({ ...Object(shown.plan), request: { force: true } });
    expect(estimateOf({ ...shown, plan: forced }, clock.now())).toContain('they are ended with it');
    story.cover(budget({ disruptionsAllowed: 1, maxUnavailable: 1, desiredHealthy: 2 }));
    watch.tell(story.watched);
    expect(estimateOf(await look(), clock.now())).toMatch(/^about \d+ to \d+ min left$/);
  });

  it('is explained after it has failed, with pods and budget, first those on the nodes that EKS names', async () => {
    const { look, ends, reload, while: shown } = await held();
    reload();
    ends({ status: 'Failed', errors: [{ code: 'PodEvictionFailure', message, resourceIds: ['old-2'] }] });
    const ended = await look();
    expect(ended.state).toBe('failed');
    const explained = outcomeWords(ended, words);
    expect(explained).toContain(
      'When the cluster was last seen, these pods were held. shop/rdb-1 on old-2: The budget rdb (needs 3 healthy, has 3) never lets one of its pods go. Set maxUnavailable of the budget to 1. Force ends it with its node and leaves the budget rdb with 2 of 3 healthy pods. shop/rdb-0 on old-1:',
    );
    expect(explained).toContain(message);
    expect(insideProgress(ended, words, NOW)).toBeUndefined();
    expect(insideOf(ended)?.held?.blockers).toEqual(insideOf(shown)?.held?.blockers);
  });

  it('is still explained when the pods have gone before the end', async () => {
    const { look, ends, story, watch } = await held();
    story.remove('old-1');
    story.remove('old-2');
    watch.tell(story.watched);
    expect(insideOf(await look())?.numbers?.heldNow).toBe(0);
    ends({ status: 'Failed', errors: [{ code: 'PodEvictionFailure', message, resourceIds: [] }] });
    expect(outcomeWords(await look(), words)).toContain('shop/rdb-0 on old-1: The budget rdb');
  });

  it('is looked for where the update failed while nobody followed it', async () => {
    const { look, ends, story, watch, clock } = await underWay(recorded);
    story.cordonOld();
    story.cover(never);
    story.run(pod({ nodeName: 'old-1' }));
    ends({ status: 'Failed', errors: [{ code: 'PodEvictionFailure', message, resourceIds: ['old-1'] }] });
    const looked = look();
    await clock.advance(500);
    watch.tell(story.watched);
    await clock.advance(500);
    expect(outcomeWords(await looked, words)).toContain('shop/rdb-0 on old-1: The budget rdb');
  });

  it('keeps no failure back for a cluster that tells nothing', async () => {
    const { look, ends, clock } = await underWay(recorded);
    ends({ status: 'Failed', errors: [{ code: 'PodEvictionFailure', message, resourceIds: ['old-1'] }] });
    const looked = look();
    await clock.advance(11_000);
    expect((await looked).state).toBe('failed');
  });

  it('is not made up where nothing was seen', async () => {
    const { look, ends, watch } = await underWay(recorded);
    await look();
    watch.interrupt(unreachable);
    await look();
    ends({ status: 'Failed', errors: [{ code: 'PodEvictionFailure', message, resourceIds: [] }] });
    expect(outcomeWords(await look(), words)).toContain('Which pods were held is not known. (unexpected)');
  });

  it('is left out of the lists of all other facts', async () => {
    const { while: shown } = await held();
    expect(Object.keys(withoutInside(shown).facts)).not.toContain('held');
    expect(Object.keys(withoutInside(shown).facts)).toContain('updateId');
    expect(withoutInside(shown).steps.find(({ name }) => name === 'read-nodes')?.facts).toEqual({});
  });
});

describe('where the cluster cannot be reached', () => {
  const refused = JSON.stringify({
    requestURI: '/api/v1/namespaces/shop/pods/rdb-0/eviction',
    user: { username: 'eks:node-manager' },
    objectRef: { namespace: 'shop', name: 'rdb-0' },
    responseStatus: { code: 429 },
    responseObject: {
      details: {
        causes: [{ reason: 'DisruptionBudget', message: 'The disruption budget rdb needs 3 healthy pods' }],
      },
    },
    requestReceivedTimestamp: '2026-08-15T12:00:00Z',
  });

  async function blind() {
    const update = await underWay(recorded);
    update.cannotOpen(unreachable);
    await update.look();
    return update;
  }

  it('names refused evictions by the audit log, while it runs and when it has failed', async () => {
    const { look, ends, keepsAuditLog } = await blind();
    keepsAuditLog([refused]);
    const words = (failure: { readonly kind: string }): string => `(${failure.kind})`;
    expect(insideProgress(await look(), words, NOW)?.words).toBe(
      'Not all of the cluster can be seen now. (unexpected) By the audit log, these evictions were refused. shop/rdb-0: The disruption budget rdb needs 3 healthy pods.',
    );
    ends({ status: 'Failed', errors: [{ code: 'PodEvictionFailure', message: 'm', resourceIds: [] }] });
    expect(outcomeWords(await look(), words)).toContain(
      'By the audit log, these evictions were refused. shop/rdb-0: The disruption budget rdb needs 3 healthy pods.',
    );
  });

  it('says that there is no audit log either', async () => {
    const { look } = await blind();
    expect(insideProgress(await look(), words, NOW)?.words).toBe(
      'Not all of the cluster can be seen now. (unexpected) The cluster keeps no audit log either, so which evictions are refused cannot be read.',
    );
  });

  it('looks at the log twice a minute, and not while the cluster is seen', async () => {
    const { look, audited, clock, watch, story, canOpen } = await blind();
    await look();
    await look();
    expect(audited).toEqual(['prod']);
    await clock.advance(30_000);
    await look();
    expect(audited).toHaveLength(2);
    canOpen();
    await clock.advance(60_000);
    watch.tell(story.watched);
    await look();
    await clock.advance(30_000);
    await look();
    expect(audited).toHaveLength(2);
  });
});
