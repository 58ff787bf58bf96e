/**
 * The files of a deployment: the added, the changed and the removed ones, and the files of the folder that
 * are left out.
 */
import * as l10n from '@vscode/l10n';
import type { Changes, KnownChanges } from '../../../deploy/plan/changes';
import type { DeploymentPlan } from '../../../deploy/plan/plan';
import type { Failure } from '../../../model/failure';
import { present } from '../../../model/present';
import type { LeftOut } from '../../../package/packer';
import { filesWords } from '../../messages/counts';
import { sizeWords } from '../../messages/phase';
import { rowsBlock, text } from '../blocks';
import { code, muted } from '../cells';
import type { Block, FileChange, Section } from '../page';
import { BUTTON } from './plan-content';

/** The page shows at most this many rows of a list. */
const MOST = 200;

/** How the plan of a deployment is shown. */
export interface ShownHow {
  /** Returns the words for a failure to read something that the plan shows. */
  readonly failureWords: (failure: Failure) => string;
  /** True if a click on a file opens its comparison. */
  readonly files: boolean;
  /** True: values of arguments are shown unless they look like secrets; false: all of them are masked. */
  readonly values: boolean;
}

export function fileSections({ changes, leftOut }: DeploymentPlan, how: ShownHow): readonly Section[] {
  return [
    {
      id: 'files',
      heading: l10n.t('Files'),
      ...present({ note: changes.kind === 'known' ? countWords(changes) : undefined }),
      fold: 'open',
      blocks: changesBlocks(changes, how),
    },
    ...leftOutSection(leftOut),
  ];
}

function changesBlocks(changes: Changes, { failureWords, files }: ShownHow): readonly Block[] {
  switch (changes.kind) {
    case 'first':
      return [text(l10n.t('There is no code so far. Added: {0}.', { 0: filesWords(changes.files) }))];
    case 'not-compared':
      return [text(l10n.t('Not compared with what is deployed.'))];
    case 'unreadable':
      return [text(unreadableWords(changes.zip, failureWords(changes.failure)))];
    case 'known':
      return knownBlocks(changes, files);
  }
}

function unreadableWords(zip: 'deployed' | 'next', why: string): string {
  return zip === 'next'
    ? l10n.t('The zip to deploy cannot be read, so the files cannot be compared: {0}', { 0: why })
    : l10n.t('What is deployed cannot be read, so the files cannot be compared: {0}', { 0: why });
}

function knownBlocks(changes: KnownChanges, showsFiles: boolean): readonly Block[] {
  const files = changedFiles(changes, showsFiles);
  if (files.length === 0) return [text(l10n.t('No file differs from what is deployed.'))];
  const more = files.length - MOST;
  return [
    { kind: 'files', name: l10n.t('Files that differ'), files: files.slice(0, MOST) },
    ...moreBlock(more),
  ];
}

function moreBlock(more: number): readonly Block[] {
  return more > 0 ? [text(l10n.t('and {0} more', { 0: more }))] : [];
}

function changedFiles({ added, changed, removed }: KnownChanges, showsFiles: boolean): readonly FileChange[] {
  const as = (change: FileChange['change'], list: KnownChanges['added']): readonly FileChange[] =>
    list.map((file) => ({
      path: file.path,
      change,
      size: sizeChange(file.previousSize, file.size),
      ...present({ button: showsFiles ? `${BUTTON.file}${file.path}` : undefined }),
    }));
  return [...as('added', added), ...as('changed', changed), ...as('removed', removed)].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}

function sizeChange(before: number | undefined, after: number | undefined): string {
  if (before === undefined || after === undefined) return sizeWords(after ?? before ?? 0);
  const [was, is] = [sizeWords(before), sizeWords(after)];
  return was === is ? is : `${was} → ${is}`;
}

function countWords({ added, changed, removed, unchanged }: KnownChanges): string {
  return l10n.t('{0} added, {1} changed, {2} removed, {3} as they are', {
    0: added.length,
    1: changed.length,
    2: removed.length,
    3: unchanged,
  });
}

function leftOutSection(leftOut: readonly LeftOut[]): readonly Section[] {
  if (leftOut.length === 0) return [];
  const heading = l10n.t('Left out');
  const more = leftOut.length - MOST;
  return [
    {
      id: 'left-out',
      heading,
      note: l10n.t('{0} of the folder', { 0: filesWords(leftOut.length) }),
      fold: 'closed',
      blocks: [
        rowsBlock(
          heading,
          [l10n.t('Path'), l10n.t('Rule'), l10n.t('From')],
          leftOut.slice(0, MOST).map(({ path, rule, source }) => [code(path), code(rule), muted(source)]),
        ),
        ...moreBlock(more),
      ],
    },
  ];
}
