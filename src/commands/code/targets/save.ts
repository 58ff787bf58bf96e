/** "Save as Target…": writes the deployment of an operation into `slipway.json` as a target. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Choice, choicesOf, differences, KEEP } from '../../../deploy/configuration';
import type { PlanSummary } from '../../../deploy/plan/summary';
import { strategyNamed } from '../../../deploy/port/strategy';
import type { TargetKind } from '../../../deploy/port/target-kind';
import { ON_SAVE_DEFAULTS, TARGET_DEFAULTS } from '../../../deploy/targets/defaults';
import { withTarget } from '../../../deploy/targets/edit';
import type { Target } from '../../../deploy/targets/target';
import type { CommandLineArgument } from '../../../model/code';
import { connectionFromId } from '../../../model/connection';
import type { Operation } from '../../../operations/operation';
import { refuse } from '../../../view/messages/refusals/commands';
import type { Prompts } from '../../../view/wizard/prompts';
import { runWizard } from '../../../view/wizard/wizard';
import { into, question } from '../../../view/wizard/wizard-steps';
import { plannedBy, targetKinds } from '../../target-kinds';
import { requireTrust } from '../../trust';
import { rootUri } from '../plan';
import type { ConfirmedTargets } from './confirmed';
import { readWorkspaceTargets, targetsFileOf } from './workspace-targets';

interface Savable {
  readonly folder: vscode.WorkspaceFolder;
  readonly target: Omit<Target, 'name'>;
}

/** Returns true if the workspace is trusted, and the operation deployed a folder of it without a target. */
export function canSaveAsTarget(operation: Operation): boolean {
  return vscode.workspace.isTrusted && savable(operation) !== undefined;
}

/**
 * Asks for a name, writes the target and shows it. The new target counts as agreed to, since the user has just
 * created it.
 * @throws refused `not-savable`, `zip-not-savable` (`label`), `target-not-written` (`target`, `file`).
 */
export async function saveAsTarget(
  operation: Operation,
  { prompts, confirmed }: { readonly prompts: Prompts; readonly confirmed: ConfirmedTargets },
): Promise<void> {
  requireTrust();
  const found = savable(operation);
  if (found === undefined) throw notSavable(operation);
  const { folder } = found;
  const proposed = found.target.path.at(-1) ?? '';
  const taken = (await readWorkspaceTargets())
    .filter((one) => one.folder.uri.toString() === folder.uri.toString())
    .flatMap(({ file }) => file.entries.map(({ name }) => name));
  const nameStep = question<object, { readonly name: string }>(async (_answers, ask) =>
    into(
      await ask.prompts.input(ask.heading, {
        prompt: l10n.t('Name of the target in slipway.json'),
        value: taken.includes(proposed) ? '' : proposed,
        check: (name) => nameProblem(name, taken),
      }),
      (name) => ({ name }),
    ),
  );
  const answers = await runWizard(l10n.t('Save as Target'), nameStep, {}, prompts);
  if (!answers) return;
  const target = { ...found.target, name: answers.name };
  await writeTarget(targetsFileOf(folder), target);
  await confirmed.add({ folder, target });
}

function notSavable(operation: Operation): Error {
  const { label } = operation.subject;
  const summary = plannedBy(operation);
  const isZip = summary !== undefined && summary.root === undefined;
  return isZip ? refuse('zip-not-savable', { label }) : refuse('not-savable', { label });
}

function nameProblem(name: string, taken: readonly string[]): string | undefined {
  if (name.trim() === '') return l10n.t('Type a name.');
  return taken.includes(name) ? l10n.t('There is a target "{0}" already.', { 0: name }) : undefined;
}

/**
 * Writes through the editor, so that unsaved edits of the file are not lost.
 * @throws refused `target-not-written` (`target`, `file`) if VS Code does not change or save the file
 */
export async function writeTarget(file: vscode.Uri, target: Target): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(file, { ignoreIfExists: true });
  const isWritten = (await vscode.workspace.applyEdit(edit)) && (await addTo(file, target));
  if (!isWritten) throw refuse('target-not-written', { target: target.name, file: file.fsPath });
}

/** Returns false if the file could not be changed or saved. */
async function addTo(file: vscode.Uri, target: Target): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(file);
  const editor = await vscode.window.showTextDocument(document);
  const text = document.getText();
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
  const added = withTarget(text, target, targetKinds.usual);
  return (await editor.edit((change) => change.replace(whole, added))) && (await document.save());
}

function savable(operation: Operation): Savable | undefined {
  const { subject } = operation;
  const kind = targetKinds.ofOperation(operation);
  const summary = plannedBy(operation);
  const source = connectionFromId(subject.connectionId)?.source;
  if (kind === undefined || source === undefined) return undefined;
  if (summary?.root === undefined || summary.target !== undefined) return undefined;
  const root = rootUri(summary.root);
  const folder = vscode.workspace.getWorkspaceFolder(root);
  if (folder === undefined) return undefined;
  const { accountId, region } = subject;
  return {
    folder,
    target: {
      ...TARGET_DEFAULTS,
      kind,
      // The profile is left out: its name belongs to this machine, but the file to the team.
      connection: source.kind === 'sandbox' ? { kind: 'sandbox' } : { kind: 'account', accountId, region },
      path: subject.path,
      bucket: summary.bucket,
      prefix: summary.prefix,
      root: root.path.slice(folder.uri.path.length).replace(/^\/+|\/+$/g, '') || TARGET_DEFAULTS.root,
      ...choicesToSave(summary, kind),
      strategy: summary.strategy,
      onSave: ON_SAVE_DEFAULTS,
    },
  };
}

/** The script and the arguments of the deployment; `KEEP` for each that the deployment did not change. */
function choicesToSave(
  { before, next, strategy }: PlanSummary,
  { strategies }: TargetKind,
): {
  readonly initializationScript: Choice<string>;
  readonly commandLineArguments: Choice<readonly CommandLineArgument[]>;
} {
  const changed = strategyNamed(strategies, strategy).keepsRest ? [] : differences(before, next);
  const chosen = choicesOf(next);
  return {
    initializationScript: changed.includes('script') ? chosen.initializationScript : KEEP,
    commandLineArguments: changed.includes('arguments') ? chosen.commandLineArguments : KEEP,
  };
}
