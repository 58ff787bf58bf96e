/** The inside of the cluster on the page of an update: how far it is, what holds it, and each node over time. */
import * as l10n from '@vscode/l10n';
import type { Blocker } from '../../../drain/blocker';
import type { Inside } from '../../../nodegroup/inside/inside';
import { causeWords, forcedWords, helpWords, objectName } from '../../messages/drain';
import { failureWords } from '../../messages/failure';
import { progressWords, refusedWords, replacedNote, replacedWords } from '../../messages/inside';
import { nodeLanes } from '../../messages/node-lanes';
import type { Block, Section, TableRow } from '../page';

/**
 * @param now epoch milliseconds
 * @param endedAt when the update ended: then only what was reached is told, and no node is watched any longer; as `now`
 */
export function insideSection(inside: Inside, now: number, endedAt: number | undefined): Section {
  const { numbers, nodes, held, refused, problem } = inside;
  const heading = l10n.t('Inside the cluster');
  const texts = [
    numbers && (endedAt !== undefined ? replacedWords(numbers) : progressWords(numbers, held, now)),
    problem && failureWords(problem),
    refused.length > 0 ? refusedWords(refused) : undefined,
  ].filter((text) => text !== undefined);
  const note = numbers && replacedNote(numbers);
  return {
    id: 'inside',
    heading,
    blocks: [
      ...texts.map((text): Block => ({ kind: 'text', text })),
      ...(note === undefined ? [] : [{ kind: 'text', look: 'muted', text: note } satisfies Block]),
      ...(held && held.blockers.length > 0 ? heldBlocks(held.blockers) : []),
      ...(nodes.length > 0
        ? [{ kind: 'lanes', name: l10n.t('Nodes'), lanes: nodeLanes(nodes, endedAt), now } satisfies Block]
        : []),
    ],
  };
}

function heldBlocks(blockers: readonly Blocker[]): readonly Block[] {
  return [
    {
      kind: 'table',
      caption: l10n.t('Held pods'),
      head: [
        l10n.t('Pod'),
        l10n.t('Node'),
        l10n.t('Why'),
        l10n.t('What helps'),
        l10n.t('With force, after 15 minutes'),
      ],
      rows: blockers.map(
        (blocker): TableRow => ({
          cells: [
            { kind: 'code', text: objectName(blocker.pod) },
            { kind: 'code', text: blocker.node },
            causeWords(blocker),
            helpWords(blocker),
            forcedWords(blocker.forced),
          ],
        }),
      ),
    },
    {
      kind: 'text',
      look: 'muted',
      text: l10n.t(
        'Held pods, as they were last seen to be. A refused eviction leaves no trace: this is an inference.',
      ),
    },
  ];
}
