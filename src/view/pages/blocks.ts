/** Makes the blocks that several pages use. */
import * as l10n from '@vscode/l10n';
import type { Blocker } from '../../drain/blocker';
import type { NotRead } from '../../model/failure';
import type { KubernetesEvent } from '../../model/kubernetes';
import { visibleJson } from '../../model/visible-text';
import { causeWords, forcedWords, helpWords } from '../messages/drain';
import { failureWords } from '../messages/failure';
import { code, time } from './cells';
import type { Block, Cell, Finding, Section, TableRow } from './page';
import { copyable } from './things/buttons';

export function text(words: string): Block {
  return { kind: 'text', text: words };
}

export function mutedText(words: string): Block {
  return { kind: 'text', text: words, look: 'muted' };
}

/** @param name the table's name, for screen readers. */
export function rowsBlock(name: string, head: readonly string[], rows: readonly (readonly Cell[])[]): Block {
  return { kind: 'table', caption: name, head, rows: rows.map((cells): TableRow => ({ cells })) };
}

export function findingsBlock(findings: readonly Finding[]): Block {
  return { kind: 'findings', findings };
}

export function unknownBlock(words: string): Block {
  return findingsBlock([{ tone: 'unknown', verdict: l10n.t('Unknown'), title: words }]);
}

/** Data as JSON, such as the input of a request. */
export function jsonBlock(name: string, data: unknown): Block {
  return { kind: 'source', name, text: visibleJson(JSON.stringify(data, null, 2)) };
}

/** The blockers of pods, what helps against each, and what force would do. */
export function blockersBlock(
  name: string,
  blockers: readonly Blocker[],
  podCell: (blocker: Blocker) => Cell,
): Block {
  return rowsBlock(
    name,
    [
      l10n.t('Pod'),
      l10n.t('Node'),
      l10n.t('Why'),
      l10n.t('What helps'),
      l10n.t('With force, after 15 minutes'),
    ],
    blockers.map((blocker) => [
      podCell(blocker),
      code(blocker.node),
      causeWords(blocker),
      helpWords(blocker),
      forcedWords(blocker.forced),
    ]),
  );
}

/** The events of a pod, newest first. @param now epoch milliseconds */
export function eventsBlock(events: readonly KubernetesEvent[] | NotRead, now: number): Block {
  if ('failure' in events) return unknownBlock(failureWords(events.failure));
  if (events.length === 0) return text(l10n.t('No events; Kubernetes keeps them for about an hour.'));
  return rowsBlock(
    l10n.t('Events'),
    [l10n.t('Time'), l10n.t('Reason'), l10n.t('Message'), l10n.t('Times')],
    events
      .toSorted((a, b) => b.at - a.at)
      .map(({ at, reason, message, count }) => [time(at, now), reason, message, String(count)]),
  );
}

/** Commands for a terminal, each with a button that copies it. Empty if there are no commands. */
export function commandsSection(commands: readonly string[]): readonly Section[] {
  if (commands.length === 0) return [];
  const heading = l10n.t('To look closer');
  const rows = commands.map((command) => [copyable(l10n.t('command'), command)]);
  return [
    { id: 'commands', heading, fold: 'closed', blocks: [rowsBlock(heading, [l10n.t('Command')], rows)] },
  ];
}
