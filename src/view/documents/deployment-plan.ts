/** The plan of a deployment as a page: what is there, what will be there, which files differ, the checks, the requests. */
import * as l10n from '@vscode/l10n';
import type { Changes } from '../../deploy/plan/changes';
import type { DeploymentPlan } from '../../deploy/plan/plan';
import type { CodeConfiguration } from '../../model/code';
import type { LeftOut } from '../../package/packer';
import { code, jsonBlock, page, plain, table } from '../markdown';
import { checkRow } from '../messages/deploy-remedies';
import { sizeWords } from '../messages/phase';
import { checksTable } from './checks-table';

/** Rows of a long list that the page shows. */
const MOST = 200;

/**
 * @param plan with values of arguments masked in its requests.
 * @param failureWords words for a failure that kept something from being known.
 */
export function deploymentPlanPage(
  plan: DeploymentPlan,
  failureWords: (failure: NonNullable<Extract<Changes, { kind: 'unreadable' }>['failure']>) => string,
): string {
  const { current, next, strategy, subject, source } = plan;
  return page([
    `# ${plan.rollsBack ? l10n.t('Roll back {0}', { 0: plain(subject.label) }) : l10n.t('Deploy to {0}', { 0: plain(subject.label) })}`,
    targetLine(plan),
    `${l10n.t('Account {0}, region {1}, as {2}', { 0: plain(subject.accountId), 1: plain(subject.region), 2: code(plan.author.arn) })}`,
    `## ${l10n.t('What changes')}`,
    table(
      ['', l10n.t('Now'), l10n.t('Then')],
      [
        [l10n.t('Code'), locationCell(current.configuration), locationCell(next)],
        [l10n.t('Initialization script'), scriptCell(current.configuration), scriptCell(next)],
        [l10n.t('Arguments'), argumentsCell(current.configuration), argumentsCell(next)],
      ],
    ),
    l10n.t('Strategy: **{0}**', { 0: plain(strategy) }),
    source.kind === 'folder'
      ? l10n.t('{0} files, {1}, digest {2}', {
          0: source.files,
          1: sizeWords(source.bytes),
          2: code(source.digest),
        })
      : l10n.t('The zip {0}', { 0: code(`s3://${source.at.bucket}/${source.at.key}`) }),
    `## ${l10n.t('Checks')}`,
    checksTable(plan.checks, checkRow),
    `## ${l10n.t('Files')}`,
    changesBlock(plan.changes, failureWords),
    leftOutBlock(plan.leftOut),
    `## ${l10n.t('Requests')}`,
    l10n.t(
      'Exactly these requests change AWS, in this order. What stands as "…" gets its value when it is sent.',
    ),
    ...plan.requests.map(({ service, operation, input, later }) =>
      [
        `**${plain(service)} ${plain(operation)}**${later.length === 0 ? '' : ` (${later.map(code).join(', ')} …)`}`,
        jsonBlock(input),
      ].join('\n\n'),
    ),
  ]);
}

function targetLine({ target, protection }: DeploymentPlan): string | undefined {
  if (protection?.kind === 'unknown')
    return l10n.t('A mistake in slipway.json hides whether the cluster is protected');
  if (target === undefined)
    return protection && l10n.t('Protected by the target **{0}**', { 0: plain(protection.name) });
  return protection === undefined
    ? l10n.t('Target **{0}**', { 0: plain(target.name) })
    : l10n.t('Target **{0}**, protected', { 0: plain(target.name) });
}

function locationCell({ code: at }: CodeConfiguration): string {
  if (at === undefined) return l10n.t('none');
  const version = at.versionId === undefined ? '' : ` · ${plain(at.versionId)}`;
  return code(`s3://${at.bucket}/${short(at.key)}`) + version;
}

/** A digest in a name would make the table wider than the page; the requests below have it in full. */
function short(key: string): string {
  return key.replace(/([0-9a-f]{8})[0-9a-f]{48}([0-9a-f]{8})/, '$1…$2');
}

function scriptCell({ initializationScript }: CodeConfiguration): string {
  return initializationScript === undefined ? l10n.t('none') : code(initializationScript);
}

/** Keys alone: values may be secrets. */
function argumentsCell({ commandLineArguments }: CodeConfiguration): string {
  return commandLineArguments.length === 0
    ? l10n.t('none')
    : commandLineArguments.map(({ key }) => code(key)).join(', ');
}

function changesBlock(changes: Changes, failureWords: Parameters<typeof deploymentPlanPage>[1]): string {
  switch (changes.kind) {
    case 'first':
      return l10n.t('There is no code so far: all {0} files are added.', { 0: changes.files });
    case 'not-compared':
      return l10n.t('Not compared with what is deployed.');
    case 'unreadable':
      return l10n.t('What is deployed cannot be read, so the files cannot be compared: {0}', {
        0: plain(failureWords(changes.failure)),
      });
    case 'known': {
      const { added, changed, removed, unchanged } = changes;
      const rows = [
        ...added.map((file) => [`+ ${l10n.t('added')}`, file] as const),
        ...changed.map((file) => [`~ ${l10n.t('changed')}`, file] as const),
        ...removed.map((file) => [`− ${l10n.t('removed')}`, file] as const),
      ];
      const counts = l10n.t('{0} added, {1} changed, {2} removed, {3} as they are', {
        0: added.length,
        1: changed.length,
        2: removed.length,
        3: unchanged,
      });
      if (rows.length === 0) return counts;
      return [
        counts,
        table(
          ['', l10n.t('File'), l10n.t('Size before'), l10n.t('Size then')],
          rows
            .slice(0, MOST)
            .map(([sign, file]) => [sign, code(file.path), sizeCell(file.previousSize), sizeCell(file.size)]),
        ),
        rows.length > MOST ? l10n.t('and {0} more', { 0: rows.length - MOST }) : '',
      ].join('\n\n');
    }
  }
}

function sizeCell(size: number | undefined): string {
  return size === undefined ? '' : sizeWords(size);
}

function leftOutBlock(leftOut: readonly LeftOut[]): string | undefined {
  if (leftOut.length === 0) return undefined;
  return [
    `### ${l10n.t('Left out')}`,
    table(
      [l10n.t('Path'), l10n.t('Rule'), l10n.t('From')],
      leftOut.slice(0, MOST).map(({ path, rule, source }) => [code(path), code(rule), plain(source)]),
    ),
    leftOut.length > MOST ? l10n.t('and {0} more', { 0: leftOut.length - MOST }) : '',
  ].join('\n\n');
}
