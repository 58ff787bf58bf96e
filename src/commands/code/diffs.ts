/** Opens differences: files in VS Code's multi-file diff editor, and configurations side by side. */

import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { KnownChanges } from '../../deploy/plan/changes';
import type { PlanSource } from '../../deploy/plan/input';
import { configurationJson } from '../../deploy/reading-json';
import type { CodeConfiguration, CodeLocation } from '../../model/code';
import type { Connection } from '../../model/connection';
import { codeFileUri } from '../../view/code-files';
import type { ReadOnlyDocuments } from '../../view/documents/read-only';
import { labelText } from '../../view/shown';
import { rootUri } from './plan';

/** The source from which the files of one side are read when they are opened. */
export type Side =
  | { readonly kind: 'folder'; readonly folder: vscode.Uri }
  | { readonly kind: 'zip'; readonly connection: Connection; readonly at: CodeLocation };

/**
 * The largest number of files in one diff editor, which opens all of them at once, each with its own request.
 */
const MOST = 100;

export function countOfChanges({ added, changed, removed }: KnownChanges): number {
  return added.length + changed.length + removed.length;
}

/** The files that a plan deploys, as one side of a difference. */
export function sideOf(source: PlanSource, connection: Connection): Side {
  if (source.kind === 'zip') return { kind: 'zip', connection, at: source.at };
  return { kind: 'folder', folder: rootUri(source.request.root) };
}

export interface Difference {
  readonly title: string;
  readonly changes: KnownChanges;
  readonly before: Side;
  readonly after: Side;
  /** Two configurations to show in front of the files. */
  readonly configurations?: { readonly before: NamedConfiguration; readonly after: NamedConfiguration };
}

/**
 * Opens the difference, with at most {@link MOST} files, in VS Code's diff editor. A file that was added
 * or removed has only one side.
 */
export async function showChanges(
  { title, changes, before, after, configurations }: Difference,
  documents: ReadOnlyDocuments,
): Promise<void> {
  const { added, changed, removed } = changes;
  const files = [...added, ...changed, ...removed].sort((a, b) => (a.path < b.path ? -1 : 1));
  const shown = files.slice(0, MOST).map(({ path, previousSize, size }) => {
    const left = previousSize === undefined ? undefined : uriOf(before, path, previousSize, after);
    const right = size === undefined ? undefined : uriOf(after, path, size, before);
    return [right ?? left, left, right];
  });
  const pair =
    configurations && [configurations.before, configurations.after].map((one) => addressOf(one, documents));
  const name =
    files.length > MOST
      ? l10n.t('{0} (first {1} of {2} files)', { 0: title, 1: MOST, 2: files.length })
      : title;
  await vscode.commands.executeCommand('vscode.changes', labelText(name), [
    ...(pair ? [[pair[1], ...pair]] : []),
    ...shown,
  ]);
}

/** The same difference, but with only the file at `path`, and with this path as its title. */
export function onlyFile(difference: Difference, path: string): Difference {
  const only = (files: KnownChanges['added']): KnownChanges['added'] =>
    files.filter((file) => file.path === path);
  const { added, changed, removed, ...rest } = difference.changes;
  const changes = { ...rest, added: only(added), changed: only(changed), removed: only(removed) };
  return { ...difference, title: path, changes };
}

function uriOf(side: Side, path: string, size: number, other: Side): vscode.Uri {
  if (side.kind === 'folder') return vscode.Uri.joinPath(side.folder, path);
  const beside = other.kind === 'folder' ? { beside: other.folder.path } : {};
  return codeFileUri({ connectionId: side.connection.id, at: side.at, path, size, ...beside });
}

/** A configuration and a name for it, e.g. `as Slipway left it`. */
export interface NamedConfiguration {
  readonly name: string;
  readonly configuration: CodeConfiguration;
}

export async function showConfigurations(
  label: string,
  before: NamedConfiguration,
  after: NamedConfiguration,
  documents: ReadOnlyDocuments,
): Promise<void> {
  const title = l10n.t('{0}: {1} ↔ {2}', { 0: label, 1: before.name, 2: after.name });
  const [left, right] = [addressOf(before, documents), addressOf(after, documents)];
  await vscode.commands.executeCommand('vscode.diff', left, right, labelText(title));
}

/**
 * The address of a read-only document with the configuration. The document shows the values of arguments,
 * since two different values could not be told apart otherwise.
 */
function addressOf({ name, configuration }: NamedConfiguration, documents: ReadOnlyDocuments): vscode.Uri {
  const text = configurationText(configuration);
  // Different texts need different addresses, since an open document keeps its text.
  const id = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return documents.address(`${l10n.t('configuration')}.json`, () => text, `${name} ${id}`);
}

/** The configuration as JSON. Its arguments are sorted, since their order has no meaning. */
function configurationText(configuration: CodeConfiguration): string {
  const commandLineArguments = configuration.commandLineArguments.toSorted((a, b) =>
    a.key < b.key ? -1 : 1,
  );
  return `${JSON.stringify(configurationJson({ ...configuration, commandLineArguments }), null, 2)}\n`;
}
