/**
 * The section "Inside the cluster" on the page of an update: the progress of the update, what holds the
 * update up, and its nodes over time.
 */
import * as l10n from '@vscode/l10n';
import type { Blocker } from '../../../drain/blocker';
import { presentItems } from '../../../model/present';
import type { Inside } from '../../../nodegroup/inside/inside';
import { objectName } from '../../messages/drain';
import { failureWords } from '../../messages/failure';
import { progressWords, refusedWords, replacedNote, replacedWords } from '../../messages/inside';
import { nodeLanes } from '../../messages/node-lanes';
import { blockersBlock, mutedText, text } from '../blocks';
import { code } from '../cells';
import type { Block, Section } from '../page';

/**
 * @param now epoch milliseconds
 * @param endedAt when the update ended, epoch milliseconds; undefined while the update runs. After the end,
 * the section says what was reached, and the bar of a node that has no end of its own ends at `endedAt`
 */
export function insideSection(inside: Inside, now: number, endedAt: number | undefined): Section {
  const { numbers, nodes, held, refused, problem } = inside;
  const heading = l10n.t('Inside the cluster');
  const texts = presentItems(
    numbers && (endedAt !== undefined ? replacedWords(numbers) : progressWords(numbers, held, now)),
    problem && failureWords(problem),
    refused.length > 0 ? refusedWords(refused) : undefined,
  );
  const note = numbers && replacedNote(numbers);
  return {
    id: 'inside',
    heading,
    blocks: presentItems<Block>(
      ...texts.map(text),
      note === undefined ? undefined : mutedText(note),
      ...(held && held.blockers.length > 0 ? heldBlocks(held.blockers) : []),
      nodes.length === 0
        ? undefined
        : { kind: 'lanes', name: l10n.t('Nodes'), lanes: nodeLanes(nodes, endedAt), now },
    ),
  };
}

function heldBlocks(blockers: readonly Blocker[]): readonly Block[] {
  return [
    blockersBlock(l10n.t('Held pods'), blockers, ({ pod }) => code(objectName(pod))),
    mutedText(
      l10n.t(
        'Held pods, as they were last seen to be. A refused eviction leaves no trace: this is an inference.',
      ),
    ),
  ];
}
