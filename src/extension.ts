/**
 * The entry point for VS Code: only registers views, commands and listeners. `slipway.js` does the work. It
 * is loaded when it is first needed, for example when a view is shown, a command runs, or a cheap check finds
 * work.
 */

import { createRequire } from 'node:module';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type LoadOnce, loadOnce } from './model/cache';
import { hasUnfinished } from './operations/unfinished';
import type * as SlipwayModule from './slipway';
import { CodeFiles } from './view/code-files';
import { COMMAND_IDS } from './view/command-ids';
import { ReadOnlyDocuments } from './view/documents/read-only';
import { hasKeptSaves, isSwitchedOff } from './view/kept-saves';
import { useDisplayLanguage } from './view/l10n';
import { LazyTree } from './view/lazy-tree';
import { causeLines, logOf } from './view/log';
import { showMessage, shownError } from './view/message';
import type { OperationsNode } from './view/operations/node';
import { PAGE_VIEW_TYPE } from './view/pages/page-key';
import type { ResourceNode } from './view/resources/node';
import { mayDeployOnSave, mayDeployOutsideChanges, watchSaves } from './view/save-watch';
import { storageFolders } from './view/storage';
import { watchTargetsFiles } from './view/workspace-files';

class Extension {
  /** Does nothing until `activate` replaces it. */
  private end: () => Promise<void> = async () => undefined;

  /**
   * Stores the data that is not stored yet, such as the tree's rows: VS Code waits some seconds for this
   * promise, but not for disposables.
   */
  deactivate(): Promise<void> {
    return this.end();
  }

  activate(context: vscode.ExtensionContext): void {
    useDisplayLanguage();
    const channel = vscode.window.createOutputChannel('Slipway', { log: true });
    const log = logOf(channel);
    const slipway: LoadOnce<SlipwayModule.Slipway> = loadOnce(() =>
      Promise.resolve()
        .then(() => loadSlipway().start(context, { channel, documents, resourcesView, operationsView }))
        .catch((thrown: unknown) => {
          for (const line of causeLines(thrown)) log.error(line);
          const shown = shownError(thrown);
          void showMessage('error', l10n.t('Slipway could not start: {0}', { 0: shown.message }));
          throw shown;
        }),
    );
    this.end = async () => {
      try {
        await (await slipway.begun())?.dispose();
      } finally {
        // Disposed of last, since Slipway's `dispose` still writes to the channel.
        channel.dispose();
      }
    };
    const inBackground = (what: string, work: Promise<unknown>): void => {
      work.catch((thrown: unknown) => log.error([`${what}:`, ...causeLines(thrown)].join('\n')));
    };

    const resources = new LazyTree<ResourceNode>(async () => (await slipway()).resources);
    const resourcesView = resources.show('slipway.resources', { canSelectMany: true, showCollapseAll: true });
    const operations = new LazyTree<OperationsNode>(async () => (await slipway()).operations);
    const operationsView = operations.show('slipway.operations');

    // Created at once: a restored window may show read-only documents before anything else needs Slipway.
    const documents = new ReadOnlyDocuments();
    context.subscriptions.push(
      documents,
      resources,
      resourcesView,
      operations,
      operationsView,
      ...COMMAND_IDS.map((id) =>
        vscode.commands.registerCommand(id, async (...args: unknown[]) => (await slipway()).run(id, args)),
      ),
      watchSaves((save) => {
        const mayConcern = async (): Promise<boolean> =>
          !isSwitchedOff(context.workspaceState) && (await mayDeployOnSave(save));
        const saved = async (): Promise<void> => {
          if (slipway.begun() === undefined && !(await mayConcern())) return;
          await (await slipway()).saved(save);
        };
        inBackground('deploy on save', saved());
      }),
      vscode.window.registerWebviewPanelSerializer(PAGE_VIEW_TYPE, {
        deserializeWebviewPanel: async (panel, state: unknown) => (await slipway()).restorePage(panel, state),
      }),
      new CodeFiles(async (file) => (await slipway()).readCodeFile(file)).register(),
      watchTargetsFiles(() => inBackground('targets', slipway())),
    );

    // `npm start` sets this variable, so that the Resources view is shown first.
    if (process.env['SLIPWAY_FIRST_LOOK'] !== undefined) {
      void vscode.commands.executeCommand('slipway.resources.focus');
    }
    inBackground(
      'resume',
      hasUnfinished(storageFolders(context).ledger).then(async (found) => found && (await slipway())),
    );
    const lookForSaves = (): void => {
      const isOff = isSwitchedOff(context.workspaceState);
      if (!hasKeptSaves(context.workspaceState) && (isOff || !mayDeployOutsideChanges())) return;
      inBackground(
        'deploy on save',
        slipway().then((loaded) => loaded.lookForSaves()),
      );
    };
    // Not called at once, since it reads files: VS Code need not wait for that.
    setImmediate(lookForSaves);
    context.subscriptions.push(
      vscode.workspace.onDidGrantWorkspaceTrust(lookForSaves),
      vscode.workspace.onDidChangeWorkspaceFolders(lookForSaves),
    );
  }
}

const extension = new Extension();

export function activate(context: vscode.ExtensionContext): void {
  extension.activate(context);
}

export function deactivate(): Promise<void> {
  return extension.deactivate();
}

function loadSlipway(): typeof SlipwayModule {
  return createRequire(__filename)('./slipway.js') as typeof SlipwayModule;
}
