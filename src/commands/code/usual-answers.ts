/** The answers of the last deployment, which need not be asked for again. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { choicesOf } from '../../deploy/configuration';
import { strategyNamed } from '../../deploy/port/strategy';
import { isSamePath } from '../../model/same-path';
import type { Operation } from '../../operations/operation';
import { argumentsWords } from '../../view/messages/counts';
import type { PickedPlace } from '../pick/place';
import { plannedBy } from '../target-kinds';
import type { Source, UsualAnswers } from './deploy-answers';
import { rootUri } from './plan';

/**
 * Finds the last deployment to this place for which the user chose a folder of this workspace, and returns its
 * answers; undefined if there was none. Deployments by a target of `slipway.json` do not count, since the target chose
 * their folder; neither do rollbacks. Script and arguments are absent if the strategy did not change them.
 * @param operations newest first
 * @param folders the folders of the workspace; if there are none, any folder on the machine counts as one of them
 */
export function lastAnswers(
  operations: readonly Operation[],
  { connection, kind, path }: Pick<PickedPlace, 'connection' | 'kind' | 'path'>,
  folders: readonly vscode.Uri[],
): (UsualAnswers & { readonly source: Source }) | undefined {
  for (const operation of operations) {
    const { subject } = operation;
    const isThere =
      operation.kind === kind.operationKind &&
      subject.connectionId === connection.id &&
      isSamePath(subject.path, path);
    const summary = isThere ? plannedBy(operation) : undefined;
    if (summary?.root === undefined || summary.target !== undefined || summary.rollsBack) continue;
    if (!isOfFolders(summary.root, folders)) continue;
    const { bucket, prefix, strategy, next } = summary;
    return {
      isLast: true,
      source: { kind: 'folder', uri: rootUri(summary.root).toString() },
      bucket,
      prefix,
      strategy,
      ...(!strategyNamed(kind.strategies, strategy).keepsRest && choicesOf(next)),
    };
  }
  return undefined;
}

/**
 * Returns true if `root` is one of the folders or inside one of them, or if there are no folders.
 * @param root the deployed folder, as the plan of an operation names it
 */
export function isOfFolders(root: string, folders: readonly vscode.Uri[]): boolean {
  const uri = rootUri(root).toString();
  return folders.length === 0 || folders.some((folder) => isWithin(uri, folder.toString()));
}

/** Folders of the workspace. */
export function foldersHere(): readonly vscode.Uri[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
}

function isWithin(uri: string, folder: string): boolean {
  return uri === folder || uri.startsWith(`${folder.replace(/\/$/, '')}/`);
}

/** The texts of a row that offers these answers: source and bucket, then strategy, script and arguments. */
export function lastWords({
  source,
  bucket,
  prefix,
  strategy,
  initializationScript: script,
  commandLineArguments: list,
}: UsualAnswers): { readonly description: string; readonly detail: string } {
  const name = source?.kind === 'folder' ? nameOf(source.uri) : source?.at.key;
  const put = bucket === undefined ? undefined : `s3://${[bucket, prefix].filter(Boolean).join('/')}`;
  return {
    description: [name, put].filter((text) => text !== undefined).join(' → '),
    detail: [
      strategy,
      script?.kind === 'value' ? script.value : script && l10n.t('no initialization script'),
      list && argumentsWords(list.kind === 'value' ? list.value.length : 0),
    ]
      .filter((text) => text !== undefined)
      .join(' · '),
  };
}

/** The last part of a URI's path. */
export function nameOf(uri: string): string {
  const name = uri.replace(/\/$/, '').split('/').at(-1) ?? '';
  return decodeURIComponent(name);
}
