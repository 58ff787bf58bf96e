/** The page of a kdb cluster. */
import * as l10n from '@vscode/l10n';
import type { KdbCluster } from '../../../model/kdb';
import { statusWords } from '../../messages/phase';
import type { KdbClusterNode } from '../../resources/kinds/kdb-cluster';
import { connectionNodeOf } from '../../resources/row';
import { beside, code, time } from '../cells';
import type { Cell, Section } from '../page';
import { commandButton, copyable, logsButton, thingLink } from './buttons';
import { codeFacts } from './code-facts';
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
        logsButton('cluster', 'status'),
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
  if (read && !('notRead' in read)) return factsSection(heading, codeFacts(read.configuration), 'code');
  const text = read ? l10n.t('Not known: it could not be read.') : l10n.t('reading…');
  return { id: 'code', heading, blocks: [{ kind: 'text', text, look: 'muted' }] };
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
