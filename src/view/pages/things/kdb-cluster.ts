/** The page of a kdb cluster. */
import * as l10n from '@vscode/l10n';
import type { CodeConfiguration } from '../../../model/code';
import type { KdbCluster } from '../../../model/kdb';
import { statusWords } from '../../messages/phase';
import type { KdbClusterNode } from '../../resources/kinds/kdb-cluster';
import { connectionNodeOf } from '../../resources/row';
import { beside, code, muted, time } from '../cells';
import type { Block, Cell, Section, TableRow } from '../page';
import { shownValue } from '../shown-value';
import { commandButton, copyable, thingLink } from './buttons';
import { factsSection } from './facts';
import { listedState } from './state';
import { statusProblems, whereToLook } from './status';
import type { ThingContent } from './thing';

/** What the list does not say: absent while it is read, or why it could not be. */
export type ReadCluster = KdbCluster | { readonly notRead: string };

/** @param now epoch milliseconds */
export function kdbClusterThing(
  row: KdbClusterNode,
  read: ReadCluster | undefined,
  now: number,
): ThingContent {
  const { parent, summary } = row;
  const { phase, status, statusReason } = summary;
  const { connection } = connectionNodeOf(row);
  return {
    kind: 'kdb-cluster',
    heading: summary.name,
    about: [
      beside(l10n.t('in the environment'), thingLink(parent.id, parent.environment.name)),
      connection.region,
    ],
    state: listedState(phase, status),
    problems: [
      ...statusProblems(phase, status, statusReason, [
        commandButton('slipway.code.showLogs', 'status'),
        whereToLook(connection.source.kind),
      ]),
      ...(read && 'notRead' in read
        ? [
            {
              tone: 'unknown' as const,
              verdict: l10n.t('Unknown'),
              title: l10n.t('What it runs could not be read'),
              text: read.notRead,
              buttons: [commandButton('slipway.resources.refreshRow', 'not-read')],
            },
          ]
        : []),
    ],
    sections: [codeSection(read), clusterSection(row, read, now)],
  };
}

function codeSection(read: ReadCluster | undefined): Section {
  const heading = l10n.t('What it runs');
  const text = (words: string): Block => ({ kind: 'text', text: words, look: 'muted' });
  const section = (...blocks: readonly Block[]): Section => ({ id: 'code', heading, blocks });
  if (read === undefined) return section(text(l10n.t('reading…')));
  if ('notRead' in read) return section(text(l10n.t('Not known: it could not be read.')));
  return section({ kind: 'table', caption: heading, head: [], rows: codeRows(read.configuration) });
}

function codeRows({
  code: at,
  initializationScript: script,
  commandLineArguments,
}: CodeConfiguration): readonly TableRow[] {
  const none = muted(l10n.t('none'));
  const rows: readonly (readonly [string, Cell])[] = [
    [
      l10n.t('Code'),
      at ? copyable(l10n.t('address'), `s3://${at.bucket}/${at.key}`) : muted(l10n.t('none so far')),
    ],
    ...(at?.versionId === undefined
      ? []
      : [[l10n.t('Object version'), copyable(l10n.t('object version'), at.versionId)] as const]),
    [l10n.t('Initialization script'), script === undefined ? none : code(script)],
    ...(commandLineArguments.length === 0
      ? [[l10n.t('Arguments'), none] as const]
      : commandLineArguments.map(
          ({ key, value }) => [l10n.t('Argument {0}', { 0: key }), code(shownValue(key, value))] as const,
        )),
  ];
  return rows.map((cells) => ({ cells }));
}

function clusterSection({ summary }: KdbClusterNode, read: ReadCluster | undefined, now: number): Section {
  const { type, status, releaseLabel, description, createdAt, modifiedAt } = summary;
  const known = read && 'notRead' in read ? undefined : read;
  return factsSection(l10n.t('The cluster'), [
    [l10n.t('Type'), type],
    [l10n.t('Description'), description],
    [l10n.t('kdb release'), releaseLabel],
    [l10n.t('Nodes'), nodesCell(known)],
    [l10n.t('Status'), statusWords(status)],
    [l10n.t('Created'), createdAt === undefined ? undefined : time(createdAt, now)],
    [l10n.t('Changed'), modifiedAt === undefined ? undefined : time(modifiedAt, now)],
    [
      l10n.t('Execution role'),
      known?.executionRole === undefined ? undefined : copyable(l10n.t('role'), known.executionRole),
    ],
  ]);
}

function nodesCell(known: KdbCluster | undefined): Cell | undefined {
  if (known?.nodeCount === undefined) return undefined;
  const { nodeCount, nodeType } = known;
  return beside(String(nodeCount), nodeType === undefined ? undefined : code(nodeType));
}
