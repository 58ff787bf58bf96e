/** The parts that commands need: those for code, for node groups, and for operations. */
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { CodeDeps } from '../commands/code/commands';
import { Drafts } from '../commands/code/drafts';
import { readFailingPod } from '../commands/code/failing-pod';
import { RememberedPrefixes } from '../commands/code/remembered';
import { ConfirmedTargets } from '../commands/code/targets/confirmed';
import { PreDeployTasks } from '../commands/code/targets/pre-deploy';
import { CodeZips } from '../commands/code/zips';
import { copyingRequests } from '../commands/copy-requests';
import type { FollowUpDeps } from '../commands/nodegroup/follow-ups';
import { showOperation } from '../commands/operation-page';
import type { OperationDeps } from '../commands/operations';
import type { Picking } from '../commands/pick/connection';
import { LastPlace } from '../commands/pick/last-place';
import { retry } from '../commands/retry';
import { systemClock } from '../model/clock';
import { failureOf } from '../model/failure';
import { createPacker } from '../package/packer-client';
import type { CommandHandlers } from '../view/command-ids';
import type { ReadOnlyDocuments } from '../view/documents/read-only';
import { failureLine } from '../view/log';
import type { OperationsNode } from '../view/operations/node';
import { failureRow } from '../view/resources/children';
import { REMEDY_COMMANDS } from '../view/resources/failure-remedy';
import type { ResourceNode } from '../view/resources/node';
import { textSetting } from '../view/settings';
import { vscodePrompts } from '../view/wizard/vscode-prompts';
import type { Base } from './base';
import type { Running } from './operations';
import type { ShownPages } from './pages';
import type { Views } from './views';

interface CommandParts {
  readonly packer: ReturnType<typeof createPacker>;
  readonly zips: CodeZips;
  readonly code: CodeDeps;
  readonly nodegroups: FollowUpDeps;
  readonly operations: OperationDeps;
}

/** Objects that `extension.js` creates before it loads this code. */
interface Registered {
  readonly documents: ReadOnlyDocuments;
  readonly resourcesView: vscode.TreeView<ResourceNode>;
  readonly operationsView: vscode.TreeView<OperationsNode>;
}

/** @param handlers returns the handlers of all commands, which are built from these parts */
export function createCommandParts(
  context: vscode.ExtensionContext,
  { documents, resourcesView, operationsView }: Registered,
  base: Base,
  running: Running,
  views: Views,
  shown: ShownPages,
  handlers: () => CommandHandlers,
): CommandParts {
  const { ledger, log, notify, store, ports, loadAws, folders, drains, outcomeWords } = base;
  const { tracker, batches, runner, waiting, remedies } = running;
  const { resources, operationsTree, unseen, attentionSources } = views;
  const { pages, reviews, things } = shown;
  const picking: Picking = {
    selected: () => resourcesView.selection[0],
    last: new LastPlace(context.workspaceState),
    help: async (remedy, connection, failure) => {
      const row = (await resources.children()).find(({ id }) => id === connection.id);
      if (remedy !== 'tryAgain' && row?.kind === 'connection')
        await handlers()[REMEDY_COMMANDS[remedy]](failureRow(row, failure));
      // The AWS files may have changed, so the session is dropped: the next session reads them again.
      (await loadAws()).forget(connection.id);
      return ['signIn', 'changeRegion', 'tryAgain'].includes(remedy);
    },
  };
  const shared = {
    store,
    picking,
    prompts: vscodePrompts,
    ports,
    ledger,
    runner,
    batches,
    documents,
    notify,
    pages,
    reviews,
    copyRequests: copyingRequests(loadAws),
    clock: systemClock,
  };
  const packer = createPacker({ workerFile: join(context.extensionPath, 'dist', 'pack-worker.js') });
  const zips = new CodeZips(ports, notify);
  const code: CodeDeps = {
    ...shared,
    packer,
    cacheFolder: folders.packages,
    zips,
    prefixes: new RememberedPrefixes(context.workspaceState, () => textSetting('deploy.prefix')),
    drafts: new Drafts(
      context.workspaceState,
      () => systemClock.now(),
      (thrown) => log.warn(`deploy wizard: ${failureLine(failureOf(thrown))}`),
    ),
    confirmed: new ConfirmedTargets(context.globalState),
    tasks: new PreDeployTasks(),
    showOperation: (operation) => showOperation(operation, operations),
  };
  const nodegroups: FollowUpDeps = {
    ...shared,
    attentionSources,
    drains,
    showPage: ({ connection, cluster, nodegroup }) =>
      things.showAt({ kind: 'nodegroup', connectionId: connection.id, path: [cluster, nodegroup] }),
    refresh: ({ connection, cluster, nodegroup }) =>
      void resources.refresh(resources.find(connection.id, [cluster, nodegroup])),
  };
  const operations: OperationDeps = {
    ledger,
    tracker,
    runner,
    batches,
    tree: operationsTree,
    operationsView,
    pages,
    notify,
    remedies,
    // Commands take rows, so the operation is passed in the form of a row.
    command: (id, operation) => handlers()[id]({ kind: 'operation', operation }),
    prompts: vscodePrompts,
    readFailingPod: (operation, signal) => readFailingPod(operation, code, signal),
    outcomeWords,
    loadAws,
    unseen,
    goOn: (operation) => waiting.goOn(operation),
    endHere: (operation) => waiting.end(operation),
    retry: (operation) => retry(operation, { batches, code, nodegroups }),
  };
  return { packer, zips, code, nodegroups, operations };
}
