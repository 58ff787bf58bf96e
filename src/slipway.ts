/**
 * Constructs all parts and connects them. `extension.js` loads this module when it is first needed, for
 * example when a view is shown, a command runs, or a cheap check finds work.
 */
import * as vscode from 'vscode';
import { requireClickedRow } from './commands/arguments';
import { attentionCommands } from './commands/attention';
import { codeCommands } from './commands/code/commands';
import { TargetDiagnostics } from './commands/code/targets/diagnostics';
import { connectionCommands } from './commands/connection';
import { FirstSteps, openWalkthrough } from './commands/first-steps';
import { restoredLog } from './commands/logs/restored';
import { showMenu } from './commands/menu';
import { nodegroupCommands } from './commands/nodegroup/commands';
import { restoredReadiness } from './commands/nodegroup/readiness-page';
import { restoredRead } from './commands/nodegroup/restored-reads';
import { OnSave } from './commands/on-save/on-save';
import { openRowCommands } from './commands/open-row';
import { operationShown } from './commands/operation-page';
import { operationCommands } from './commands/operations';
import { refreshing, resourceCommands } from './commands/resources';
import { restorePage } from './commands/restored-pages';
import { signInCommands } from './commands/sign-in';
import { NEED_TRUST, requireTrust } from './commands/trust';
import { systemClock } from './model/clock';
import { failureOf } from './model/failure';
import { openBase } from './slipway/base';
import { createCommandParts } from './slipway/command-parts';
import { createRunning, type Later } from './slipway/operations';
import { createPages } from './slipway/pages';
import { createViews } from './slipway/views';
import type { CodeFile } from './view/code-files';
import type { CommandHandlers, CommandId } from './view/command-ids';
import { watchMissing } from './view/context-keys';
import type { ReadOnlyDocuments } from './view/documents/read-only';
import { focusRow } from './view/focus-row';
import { KeptSaves } from './view/kept-saves';
import { useDisplayLanguage } from './view/l10n';
import { failureLine } from './view/log';
import { commandAction } from './view/messages/commands';
import { saveAppearance, saveAppearanceWords } from './view/messages/on-save';
import type { OperationsNode } from './view/operations/node';
import { nameExtensionForQ } from './view/q-extension';
import type { ResourceNode } from './view/resources/node';
import type { Save } from './view/save-watch';
import { vscodePrompts } from './view/wizard/vscode-prompts';

/** The objects that `extension.js` creates before it loads this code. */
export interface Shell {
  readonly channel: vscode.LogOutputChannel;
  readonly documents: ReadOnlyDocuments;
  readonly resourcesView: vscode.TreeView<ResourceNode>;
  readonly operationsView: vscode.TreeView<OperationsNode>;
}

/** The parts of Slipway to which `extension.js` passes on the calls and events of VS Code. */
export interface Slipway {
  readonly resources: vscode.TreeDataProvider<ResourceNode>;
  readonly operations: vscode.TreeDataProvider<OperationsNode>;
  readCodeFile(file: CodeFile): Promise<Uint8Array>;
  run(id: CommandId, args: readonly unknown[]): Promise<void>;
  /** Shows a page again in a panel that VS Code restored after a reload of the window. */
  restorePage(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  saved(save: Save): Promise<void>;
  /** Reads the targets files again, and starts or stops deploy on save for each target accordingly. */
  lookForSaves(): Promise<void>;
  dispose(): Promise<void>;
}

export async function start(context: vscode.ExtensionContext, shell: Shell): Promise<Slipway> {
  useDisplayLanguage();
  const later: Later = {
    code: () => parts.code,
    nodegroups: () => parts.nodegroups,
    operations: () => parts.operations,
    onSave: () => onSave,
  };
  const base = await openBase(context, shell.channel);
  const running = createRunning(base, later, ({ id }) => shown.pages.isOnScreen({ kind: 'operation', id }));
  const views = createViews(context, shell.resourcesView, base, running);
  const run = async (id: CommandId, args: readonly unknown[]): Promise<void> => {
    try {
      if (NEED_TRUST.has(id)) requireTrust();
      requireClickedRow(args);
      await handlers[id](...args);
    } catch (thrown) {
      void notify.failed(commandAction(id), thrown);
    }
  };
  const shown = createPages(context, base, views, later, run);
  const parts = createCommandParts(context, shell, base, running, views, shown, () => handlers);

  const { ledger, log, loadAws, notify, store } = base;
  const { tracker } = running;
  const { resources, resourcesView, statusBar } = views;
  const { pages, keptPlans, things } = shown;
  const onSave = new OnSave({
    ...parts.code,
    ledger,
    tracker,
    kept: new KeptSaves(context.workspaceState, (thrown) =>
      log.warn(`deploy on save: ${failureLine(failureOf(thrown))}`),
    ),
    failureWords: (failure) => notify.words(failure),
    outcomeWords: base.outcomeWords,
    onStates: (states) => {
      const appearance = saveAppearance(states);
      statusBar.showOnSave(appearance && saveAppearanceWords(appearance));
    },
  });

  const refresh = refreshing(resources);
  const reveal = async (newId?: string): Promise<void> => {
    await vscode.commands.executeCommand('slipway.resources.focus');
    const row = newId === undefined ? undefined : (await resources.children()).find(({ id }) => id === newId);
    try {
      // The user may have pressed a button of the empty view. Once VS Code shows the row, that button is
      // gone, and the focus with it, so the new row takes the focus.
      if (row) await focusRow(shell.resourcesView, row, systemClock);
    } catch (thrown) {
      log.warn(`focus: ${failureLine(failureOf(thrown))}`);
    }
  };
  const handlers: CommandHandlers = {
    ...connectionCommands({ store, prompts: vscodePrompts, loadAws, reveal }),
    ...signInCommands({ store, prompts: vscodePrompts, loadAws, refresh }),
    ...resourceCommands(resources, refresh, log),
    ...openRowCommands({ things, nodegroups: parts.nodegroups }),
    ...attentionCommands(resources, shell.resourcesView),
    ...operationCommands(parts.operations),
    'slipway.page.keep': async () => pages.keepShared(),
    'slipway.menu': () => showMenu({ ...parts.operations, saveTroubles: () => onSave.troubles() }),
    'slipway.walkthrough.open': openWalkthrough,
    ...codeCommands(parts.code),
    ...nodegroupCommands(parts.nodegroups),
    'slipway.onSave.toggle': () => onSave.toggle(),
  };
  const diagnostics = new TargetDiagnostics();
  const firstSteps = new FirstSteps(store, ledger);
  const forQ = nameExtensionForQ(context.globalState);
  tracker.start();
  context.subscriptions.push(watchMissing());

  return {
    resources: resourcesView.tree,
    operations: views.operationsTree,
    readCodeFile: (file) => parts.zips.readFile(file),
    run,
    restorePage: (panel, state) =>
      restorePage(panel, state, {
        pages,
        kept: keptPlans,
        operation: (id) => operationShown(id, parts.operations),
        log: (key) => restoredLog(key, parts.code),
        readiness: (key) => restoredReadiness(key, parts.nodegroups),
        read: (key) => restoredRead(key, parts.nodegroups),
        thing: (key) => things.restored(key),
        handlers,
        rowOf: (connectionId, path) => resources.find(connectionId, path),
      }),
    saved: (save) => onSave.saved(save),
    lookForSaves: () => onSave.look(),
    async dispose() {
      views.live.dispose();
      // In parallel, since VS Code waits for only a few seconds. Deploy on save may need all of this time to
      // wait for an answer, and the tree has to finish its writes in the same time.
      await Promise.all([onSave.dispose(), resourcesView.dispose()]);
      const { unseen, operationsTree } = views;
      for (const part of [diagnostics, firstSteps, forQ, statusBar, unseen, operationsTree, store])
        part.dispose();
      await tracker.stop();
      // Before what is disposed of next: work that fails without it must not be recorded as failed or cancelled.
      await ledger.dispose();
      await parts.packer.dispose();
      running.watches.dispose();
      await base.kubernetes.dispose();
      await base.aws.dispose();
    },
  };
}
