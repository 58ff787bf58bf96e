/** The configuration of a target before and after a deployment, a row for each part. */
import * as l10n from '@vscode/l10n';
import type { DeploymentPlan } from '../../../deploy/plan/plan';
import type { CodeConfiguration, CodeLocation } from '../../../model/code';
import { MASK } from '../../../model/without-secrets';
import { code, lines, muted } from '../cells';
import type { Cell, TableRow } from '../page';
import { shownValue } from '../things/code-facts';

/**
 * @param values true: values of arguments are shown unless they look like secrets; false: all of them are
 * masked.
 */
export function configurationRows(
  { current, next, strategy }: DeploymentPlan,
  values: boolean,
): readonly TableRow[] {
  const now = current.configuration;
  return [
    row(l10n.t('Code'), codeCell(now.code), codeCell(next.code), !isSameCode(now.code, next.code)),
    row(
      l10n.t('Initialization script'),
      textCell(now.initializationScript),
      textCell(next.initializationScript),
      now.initializationScript !== next.initializationScript,
    ),
    ...argumentRows(now, next, values ? shownValue : () => MASK),
    { cells: [l10n.t('Strategy'), '', strategy] },
  ];
}

function row(name: string, now: Cell, then: Cell, changes: boolean): TableRow {
  return { cells: [name, now, changes ? then : muted(l10n.t('as it is'))], strong: changes };
}

type ShowValue = (key: string, value: string) => string;

/** One row for each key, so that the reader sees which values change. */
function argumentRows(now: CodeConfiguration, next: CodeConfiguration, show: ShowValue): readonly TableRow[] {
  const keys = [
    ...new Set([...now.commandLineArguments, ...next.commandLineArguments].map(({ key }) => key)),
  ];
  if (keys.length === 0) return [row(l10n.t('Arguments'), none(), none(), false)];
  return keys.map((key) => {
    const [before, after] = [valuesOf(now, key), valuesOf(next, key)];
    const cellOf = (values: readonly string[], otherwise: Cell): Cell =>
      values.length === 0 ? otherwise : code(values.map((value) => show(key, value)).join(' '));
    return row(
      l10n.t('Argument {0}', { 0: key }),
      cellOf(before, none()),
      cellOf(after, muted(l10n.t('removed'))),
      before.join('\n') !== after.join('\n'),
    );
  });
}

/** All values of a key: a key may be given more than once. */
function valuesOf({ commandLineArguments }: CodeConfiguration, key: string): readonly string[] {
  return commandLineArguments.filter((one) => one.key === key).map(({ value }) => value);
}

function codeCell(at: CodeLocation | undefined): Cell {
  if (at === undefined) return none();
  const address = code(`s3://${at.bucket}/${shortened(at.key)}`);
  return at.versionId === undefined
    ? address
    : lines([address, muted(l10n.t('version {0}', { 0: at.versionId }))]);
}

/**
 * The key with a shortened digest: the whole digest would make the table wider than the page. The requests
 * further down the page show the whole key.
 */
function shortened(key: string): string {
  return key.replace(/([0-9a-f]{8})[0-9a-f]{48}([0-9a-f]{8})/, '$1…$2');
}

function isSameCode(now: CodeLocation | undefined, then: CodeLocation): boolean {
  return now?.bucket === then.bucket && now.key === then.key && now.versionId === then.versionId;
}

function textCell(text: string | undefined): Cell {
  return text === undefined ? none() : code(text);
}

function none(): Cell {
  return muted(l10n.t('none'));
}
