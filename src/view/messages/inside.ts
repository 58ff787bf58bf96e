/**
 * Words for the progress of a node group's update, as seen inside the cluster, and for the causes that hold
 * the update up.
 */
import * as l10n from '@vscode/l10n';
import type { Blocker } from '../../drain/blocker';
import type { RefusedEviction } from '../../drain/refused-evictions';
import { hasNoneJoined } from '../../model/joining';
import { presentItems } from '../../model/present';
import type { LastHeld, WrittenNumbers } from '../../nodegroup/inside/inside-facts';
import { podsWords } from './counts';
import { blockerWords, causeWords, forcedWords, helpWords, objectName } from './drain';
import { durationWords } from './phase';

/**
 * `2 of 6 nodes replaced`. If the update was already under way when Slipway first saw it, the total counts
 * only the old nodes that were left then.
 */
export function replacedWords({ basis, replaced, old }: WrittenNumbers): string {
  return basis === 'recorded'
    ? l10n.t('{replaced} of {old} nodes replaced', { replaced, old })
    : l10n.t('{replaced} replaced of {old} old nodes that were left when Slipway first looked', {
        replaced,
        old,
      });
}

/** The progress in a few words, for a row: `2 of 6 replaced, 1 pod held`. */
export function shortProgressWords({ replaced, old, heldNow }: WrittenNumbers): string {
  const count = l10n.t('{replaced} of {old} replaced', { replaced, old });
  return heldNow === 0 ? count : l10n.t('{count}, {pods} held', { count, pods: podsWords(heldNow) });
}

/**
 * The progress in full.
 * @param now epoch milliseconds
 */
export function progressWords(numbers: WrittenNumbers, held: LastHeld | undefined, now: number): string {
  return presentItems(
    replacedWords(numbers),
    phaseWords(numbers, now),
    missingWords(numbers),
    numbers.heldNow > 0 && held ? heldNowWords(held, numbers.heldNow) : undefined,
  ).join(' · ');
}

function phaseWords(numbers: WrittenNumbers, now: number): string {
  const { phase, phaseSince, ready, draining } = numbers;
  const time = durationWords(now - phaseSince);
  switch (phase) {
    case 'adding':
      if (hasNoneJoined(numbers, now))
        return l10n.t(
          'EKS adds nodes, and none is ready after {time}; one that cannot join does not show in the cluster: look at the health issues of the node group',
          { time },
        );
      return l10n.t('EKS adds nodes, {ready} ready so far; it may be quiet for half an hour ({time} now)', {
        ready,
        time,
      });
    case 'cordoned':
      return l10n.t(
        'the old nodes are cordoned and no pod leaves yet; it may be quiet for half an hour ({time} now)',
        {
          time,
        },
      );
    case 'draining': {
      const [first] = draining;
      if (!first) return l10n.t('between two nodes, draining for {time}', { time });
      const words = l10n.t('draining {node} for {time}, {pods} left', {
        node: first.name,
        time: durationWords(now - first.since),
        pods: podsWords(first.podsLeft),
      });
      return draining.length === 1
        ? words
        : l10n.t('{first}, and {others} more at once', { first: words, others: draining.length - 1 });
    }
    case 'removing':
      return l10n.t(
        'all old nodes are gone; EKS removes the extra ones, and pods on those move once more ({time} now)',
        { time },
      );
  }
}

/**
 * Says how many old nodes are gone without a ready new node in their place: the new node may never join.
 * Undefined if there are none.
 */
function missingWords({ gone, replaced }: WrittenNumbers): string | undefined {
  const missing = gone - replaced;
  if (missing <= 0) return undefined;
  return missing === 1
    ? l10n.t('1 node is gone and no ready one has come for it yet')
    : l10n.t('{missing} nodes are gone and no ready ones have come for them yet', { missing });
}

/** Says why a replaced node does not mean that its workloads run again; undefined while no old node is gone. */
export function replacedNote({ gone }: WrittenNumbers): string | undefined {
  return gone === 0
    ? undefined
    : l10n.t(
        'A replaced node is not a workload that is back: a volume may stay attached to a node that is gone for about 6 minutes, and the pod that needs it starts only then.',
      );
}

function heldNowWords({ blockers }: LastHeld, pods: number): string {
  const [first] = blockers;
  if (!first) return l10n.t('{pods} held', { pods: podsWords(pods) });
  const words = inferredWords(first);
  return pods === 1
    ? words
    : l10n.t('{first} And {others} more.', { first: words, others: podsWords(pods - 1) });
}

/**
 * `shop/rdb-0 seems to be held: …`. The cause is inferred, since a refused eviction leaves no trace in the
 * objects that the API server returns.
 */
function inferredWords(blocker: Blocker): string {
  return l10n.t('{pod} seems to be held: {cause}', {
    pod: objectName(blocker.pod),
    cause: causeWords(blocker),
  });
}

/**
 * The most blockers, or refused evictions, that an explanation names. The operation's page shows all blockers
 * that the ledger has.
 */
const NAMED = 3;

/**
 * For an update that has failed: names some of the pods that were held when the cluster was last seen, each
 * with the cause and the remedy, and says how many more there were.
 * @param nodes the nodes that EKS's error names; pods on them come first
 */
export function lastHeldWords({ blockers, pods }: LastHeld, nodes: readonly string[]): string {
  const named = [
    ...blockers.filter(({ node }) => nodes.includes(node)),
    ...blockers.filter(({ node }) => !nodes.includes(node)),
  ].slice(0, NAMED);
  const shown = new Set(named.map(({ pod }) => pod.uid)).size;
  return [
    l10n.t('When the cluster was last seen, these pods were held.'),
    ...named.map(
      (blocker) => `${blockerWords(blocker)} ${helpWords(blocker)} ${forcedWords(blocker.forced)}`,
    ),
    ...morePods(pods - shown),
  ].join(' ');
}

/** Names the first few of the evictions that the API server refused, according to the audit log. */
export function refusedWords(refused: readonly RefusedEviction[]): string {
  const named = refused.slice(0, NAMED).map(({ namespace, pod, message }) =>
    l10n.t('{pod}: {message}.', {
      pod: objectName({ namespace, name: pod }),
      message: message.replace(/\.$/, ''),
    }),
  );
  const rest = refused.length - named.length;
  return [l10n.t('By the audit log, these evictions were refused.'), ...named, ...morePods(rest)].join(' ');
}

function morePods(rest: number): readonly string[] {
  return rest > 0 ? [l10n.t('And {pods} more.', { pods: podsWords(rest) })] : [];
}

/** Says that refused evictions cannot be read, since the cluster keeps no audit log. */
export function noAuditWords(): string {
  return l10n.t('The cluster keeps no audit log either, so which evictions are refused cannot be read.');
}
