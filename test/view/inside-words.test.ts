/** What an update says of its nodes that could be taken for a fault, or for more than it is. */
import { describe, expect, it } from 'vitest';
import { numbersOf } from '../../src/drain/numbers';
import { recordedProgress } from '../../src/drain/progress';
import type { WrittenNumbers } from '../../src/nodegroup/inside/inside-facts';
import { progressWords } from '../../src/view/messages/inside';
import { insideSection } from '../../src/view/pages/operations/inside';
import { MINUTE, pod } from '../drain/cluster';
import { UpdateStory } from '../drain/update-story';

/** An update of two nodes, looked at each time that something has happened. */
class Told {
  readonly story = new UpdateStory(2);
  #progress = recordedProgress([...this.story.nodes.values()], this.story.now);

  get numbers(): WrittenNumbers {
    this.#progress = this.story.next(this.#progress);
    const { held, asOf: _asOf, ...numbers } = numbersOf(this.#progress, this.story.watched, this.story.now);
    return { ...numbers, heldNow: held.length };
  }

  /** @param minutes since the look */
  after(minutes = 0): string {
    return progressWords(this.numbers, undefined, this.story.now + minutes * MINUTE);
  }
}

describe('new nodes that never join', () => {
  const UNJOINED =
    'EKS adds nodes, and none is ready after 16 min; one that cannot join does not show in the cluster: look at the health issues of the node group';

  it('are told of once EKS gives them up, and not before', () => {
    const told = new Told();
    expect(told.after(13)).toBe(
      '0 of 2 nodes replaced · EKS adds nodes, 0 ready so far; it may be quiet for half an hour (14 min now)',
    );
    expect(told.after(14)).toBe(`0 of 2 nodes replaced · ${UNJOINED}`);
  });

  it('are not those that are only one of several', () => {
    const told = new Told();
    told.story.add('new-1', { ready: true });
    expect(told.after(60)).toContain('EKS adds nodes, 1 ready so far');
  });

  it('are missed by MINIMAL, which takes old nodes away first', () => {
    const told = new Told();
    told.story.cordonOld();
    told.story.remove('old-1');
    expect(told.after(20)).toBe(
      '0 of 2 nodes replaced · between two nodes, draining for 20 min · 1 node is gone and no ready one has come for it yet',
    );
    told.story.add('new-1', { ready: true });
    expect(told.after()).toBe('1 of 2 nodes replaced · between two nodes, draining for 1 min');
  });
});

it('pods on extra nodes are said to move once more', () => {
  const told = new Told();
  for (const at of [1, 2, 3]) told.story.add(`new-${at}`, { ready: true });
  for (const at of [1, 2]) told.story.remove(`old-${at}`);
  expect(told.after(3)).toBe(
    '2 of 2 nodes replaced · all old nodes are gone; EKS removes the extra ones, and pods on those move once more (3 min now)',
  );
});

describe('the page of an update', () => {
  const NOTE = 'A replaced node is not a workload that is back';
  const pageOf = (numbers: WrittenNumbers, endedAt?: number): string =>
    JSON.stringify(insideSection({ numbers, nodes: [], refused: [], isAuditOff: false }, 0, endedAt));

  it('says that a replaced node is not a workload that is back, while it runs and after, once a node is gone', () => {
    const told = new Told();
    told.story.cordonOld();
    told.story.run(pod({ nodeName: 'old-1', deletedAt: told.story.now }));
    expect(pageOf(told.numbers)).not.toContain(NOTE);
    told.story.remove('old-1');
    const { numbers } = told;
    for (const endedAt of [undefined, 0]) expect(pageOf(numbers, endedAt)).toContain(NOTE);
  });
});
