/** The inside of the cluster on the page of an update: how far it is, what holds it, and each node over time. */
import * as l10n from '@vscode/l10n';
import type { Inside } from '../../nodegroup/inside/inside';
import { code, plain, table } from '../markdown';
import { failureWords } from '../messages/failure';
import { progressWords, refusedWords, replacedWords } from '../messages/inside';
import { nodeLanes } from '../messages/node-lanes';
import { durationWords } from '../messages/phase';
import { blockersTable } from './drain';

/** @param now epoch milliseconds; undefined for an update that has ended */
export function insideBlocks(
  { numbers, nodes, held, refused, problem }: Inside,
  now?: number,
): readonly string[] {
  return [
    `## ${l10n.t('Inside the cluster')}`,
    ...(numbers
      ? [plain(now === undefined ? replacedWords(numbers) : progressWords(numbers, held, now))]
      : []),
    ...(problem ? [plain(failureWords(problem))] : []),
    ...(refused.length > 0 ? [plain(refusedWords(refused))] : []),
    ...(held && held.blockers.length > 0
      ? [
          l10n.t(
            'Held pods, as they were last seen to be. A refused eviction leaves no trace: this is an inference.',
          ),
          blockersTable(held.blockers),
        ]
      : []),
    ...(nodes.length > 0 ? [`### ${l10n.t('Nodes')}`, nodesTable(nodes)] : []),
  ];
}

function nodesTable(nodes: Inside['nodes']): string {
  return table(
    [l10n.t('Node'), l10n.t('Since'), l10n.t('What'), l10n.t('Took')],
    nodeLanes(nodes).flatMap(({ label, bars, marks }) => [
      ...bars.map(({ from, until, label: what, state }) => [
        code(label),
        new Date(from).toLocaleTimeString(),
        plain(what),
        until === undefined ? plain(state) : durationWords(until - from),
      ]),
      ...marks.map(({ at, label: what }) => [
        code(label),
        new Date(at).toLocaleTimeString(),
        plain(what),
        '',
      ]),
    ]),
  );
}
