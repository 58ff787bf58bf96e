/** Constructs everything that works, and joins it. Loaded by `extension.js` when there is something to show or to do. */

import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { requireClickedRow } from './commands/arguments';
import { attentionCommands } from './commands/attention';
import { BatchRunner, type RowStarter } from './commands/batches';
import { type CodeDeps, codeCommands } from './commands/code/commands';
import { Drafts } from './commands/code/drafts';
import { readFailingPod } from './commands/code/failing-pod';
import { codeRemedies } from './commands/code/remedies';
import { RememberedPrefixes } from './commands/code/remembered';
import { codeRowStarter } from './commands/code/several/deploy-several';
import { ConfirmedTargets } from './commands/code/targets/confirmed';
import { TargetDiagnostics } from './commands/code/targets/diagnostics';
import { PreDeployTasks } from './commands/code/targets/pre-deploy';
import { readWhatCanBeRead, usableTargets } from './commands/code/targets/workspace-targets';
import { CodeZips } from './commands/code/zips';
import { connectionCommands } from './commands/connection';
import { copyingRequests } from './commands/copy-requests';
import { endedButtons } from './commands/ended-buttons';
import { FirstSteps, openWalkthrough } from './commands/first-steps';
import { createFollowing } from './commands/following';
import { knownNamespaces } from './commands/known-namespaces';
import { restoredLog } from './commands/logs/restored';
import { showMenu } from './commands/menu';
import { AttentionSources } from './commands/nodegroup/attention-sources';
import { LOOKS } from './commands/nodegroup/check-lines';
import { clustersIn, drainsIn, nodesBefore } from './commands/nodegroup/cluster-inside';
import { nodegroupCommands } from './commands/nodegroup/commands';
import { type FollowUpDeps, remediesOf } from './commands/nodegroup/follow-ups';
import { insideProgress } from './commands/nodegroup/inside-progress';
import { placeOfSubject } from './commands/nodegroup/place';
import { restoredReadiness } from './commands/nodegroup/readiness-page';
import { restoredRead } from './commands/nodegroup/restored-reads';
import { OnSave } from './commands/on-save/on-save';
import { openRowCommands } from './commands/open-row';
import { operationShown, showOperation } from './commands/operation-page';
import { type OperationDeps, operationCommands } from './commands/operations';
import { outcomeWords } from './commands/outcome';
import type { Picking } from './commands/pick/connection';
import { LastPlace } from './commands/pick/last-place';
import { knownConnection, type Ports } from './commands/ports';
import { refreshing, resourceCommands } from './commands/resources';
import { restorePage } from './commands/restored-pages';
import { retry } from './commands/retry';
import { Runner } from './commands/run';
import { settlingReads } from './commands/settling';
import { signInCommands } from './commands/sign-in';
import { startAws } from './commands/start-aws';
import { startKubernetes } from './commands/start-kubernetes';
import { targetKinds } from './commands/target-kinds';
import { ThingPages } from './commands/things/thing-pages';
import { treeWorkloads } from './commands/tree-workloads';
import { NEED_TRUST, requireTrust } from './commands/trust';
import { withEstimate } from './commands/update-estimate';
import { Waiting } from './commands/waiting';
import { joinedPorts } from './commands/workloads';
import { systemClock } from './model/clock';
import { failureOf } from './model/failure';
import { VERSION_KIND } from './nodegroup/apply/apply';
import { ClusterWatches } from './nodegroup/inside/cluster-watches';
import { rowStarter } from './nodegroup/several/rows';
import { openLedger } from './operations/ledger';
import type { Operation } from './operations/operation';
import { createPacker } from './package/packer-client';
import type { CodeFile } from './view/code-files';
import type { CommandHandlers, CommandId } from './view/command-ids';
import { ConnectionStore } from './view/connection-store';
import { watchMissing } from './view/context-keys';
import type { ReadOnlyDocuments } from './view/documents/read-only';
import { KeptSaves } from './view/kept-saves';
import { useDisplayLanguage } from './view/l10n';
import { busyAmong, LiveView } from './view/live';
import { failureLine, logOf } from './view/log';
import { commandAction } from './view/messages/commands';
import { saveAppearance, saveAppearanceWords } from './view/messages/on-save';
import { Notifier } from './view/notify';
import { countedProgress, type ProgressOf } from './view/operations/known-progress';
import type { OperationsNode } from './view/operations/node';
import { OperationsTree } from './view/operations/tree';
import { Pages } from './view/pages/panels';
import { KeptPlans } from './view/pages/plans/kept-plans';
import { PlanReviews } from './view/pages/plans/review-page';
import { nameExtensionForQ } from './view/q-extension';
import { failureRow } from './view/resources/children';
import { REMEDY_COMMANDS } from './view/resources/failure-remedy';
import { SnapshotFiles } from './view/resources/memory/snapshot-files';
import type { ResourceNode } from './view/resources/node';
import type { ResourceSource } from './view/resources/source';
import { startResourcesView } from './view/resources/start-view';
import type { Save } from './view/save-watch';
import { numberSetting, textSetting } from './view/settings';
import { StatusBar } from './view/status-bar';
import { storageFolders } from './view/storage';
import { UnseenFailures } from './view/unseen-failures';
import { vscodePrompts } from './view/wizard/vscode-prompts';

/** What `extension.js` holds before anything is loaded. */
export interface Shell {
  readonly channel: vscode.LogOutputChannel;
  readonly documents: ReadOnlyDocuments;
  readonly resourcesView: vscode.TreeView<ResourceNode>;
  /** Resolves once that view has rows to show. */
  readonly resourcesRows: () => Promise<void>;
  readonly operationsView: vscode.TreeView<OperationsNode>;
}

/** What `extension.js` passes on to. */
export interface Slipway {
  readonly resources: vscode.TreeDataProvider<ResourceNode>;
  readonly operations: vscode.TreeDataProvider<OperationsNode>;
  readCodeFile(file: CodeFile): Promise<Uint8Array>;
  run(id: CommandId, args: readonly unknown[]): Promise<void>;
  /** Shows in a panel that a reload brought back what stood there. */
  restorePage(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  saved(save: Save): Promise<void>;
  /** Brings deploy on save in line with the files of the targets. */
  lookForSaves(): Promise<void>;
  dispose(): Promise<void>;
}

export async function start(context: vscode.ExtensionContext, shell: Shell): Promise<Slipway> {
  useDisplayLanguage();
  const log = logOf(shell.channel);
  const notify = new Notifier(log);
  const folders = storageFolders(context);
  const store = new ConnectionStore(context.globalState);
  const aws = startAws(context, folders.sandboxFile, log);
  const loadAws = aws.load;
  const kubernetes = startKubernetes(context, loadAws, log);
  const namespaces = knownNamespaces(
    async () => usableTargets((await readWhatCanBeRead()).folders).map(({ target }) => target),
    () => ledger.operations(),
  );
  const joined = joinedPorts(kubernetes.load, 'interactive', namespaces);
  const ports: Ports = async (connection) =>
    joined(connection, (await (await loadAws()).session(connection)).interactive);
  const drains = drainsIn(kubernetes.load, ports);
  const why = (operation: Operation): string | undefined =>
    outcomeWords(operation, (failure) => notify.words(failure));
  const progressOf: ProgressOf = (operation) => {
    const now = Date.now();
    const counted = insideProgress(operation, (failure) => notify.words(failure), now);
    return withEstimate(counted ?? countedProgress(operation), operation, now);
  };

  const ledger = await openLedger({ folder: folders.ledger, clock: systemClock });
  ledger.onProblem((problem) => log.warn(`ledger: ${JSON.stringify(problem)}`));
  const batches = new BatchRunner({
    ledger,
    clock: systemClock,
    notify,
    starters: {
      ...Object.fromEntries(
        targetKinds.all.map(({ operationKind }) => [
          operationKind,
          ((row, journal, signal) => codeRowStarter(codeDeps)(row, journal, signal)) satisfies RowStarter,
        ]),
      ),
      [VERSION_KIND]: rowStarter(
        async ({ connectionId }) => (await ports(knownConnection(connectionId))).eks,
        (subject) => nodesBefore(placeOfSubject(subject), { drains, clock: systemClock }),
      ),
    },
    why,
    retry: (batch) => operationDeps.retry(batch),
    remedies: (batch) => [{ label: l10n.t('Show Details'), run: () => showOperation(batch, operationDeps) }],
  });
  const watches = new ClusterWatches({
    clock: systemClock,
    open: async ({ connectionId, path: [cluster = ''] }) =>
      (await kubernetes.load()).cluster(knownConnection(connectionId), cluster).watch,
  });
  const tracker = createFollowing({
    ledger,
    folder: folders.ledger,
    rate: numberSetting('follow.requestsPerSecond'),
    loadAws,
    loadKubernetes: kubernetes.load,
    watches,
    batches,
    notify,
    log,
    onEnded: (operation) => {
      if (!batches.tellsOf(operation) && !onSave.tellsOf(operation)) runner.tell(operation);
    },
  });

  const { documents } = shell;
  const statusBar = new StatusBar(progressOf);
  const unseen = new UnseenFailures(context.globalState);
  const operationsTree = new OperationsTree(
    () => ledger.operations(),
    (operation) => batches.rows(operation),
    progressOf,
  );
  const attentionSources = new AttentionSources(ports, systemClock, drains);
  const source: ResourceSource = {
    services: async (connection, haste) =>
      settlingReads((await (await loadAws()).session(connection))[haste], connection.id, { ledger, tracker }),
    identity: async (connection, signal) => (await ports(connection)).identities.whoAmI(signal),
    isReady: async (connection) => (await loadAws()).isReady(connection),
    ...clustersIn(kubernetes.load, () => ledger.operations(), systemClock),
    ...treeWorkloads(kubernetes.load, namespaces, ledger, systemClock),
  };
  const resourcesView = startResourcesView(
    shell.resourcesView,
    store,
    {
      source,
      attention: attentionSources.attention(),
      files: new SnapshotFiles(folders.tree, systemClock, (message) => log.warn(message)),
      clock: systemClock,
      log: (message) => log.warn(message),
    },
    busyAmong(() => ledger.operations(), progressOf),
  );
  const { resources } = resourcesView;
  const refresh = refreshing(resources);
  const live = new LiveView({ ledger, resources, operations: operationsTree, statusBar, unseen });
  const remedies = (operation: Operation) => [
    ...codeRemedies(operation, codeDeps),
    ...remediesOf(operation, nodegroupDeps),
  ];
  const runner = new Runner({
    ledger,
    tracker,
    notify,
    log,
    remedies: (operation) => {
      const helps = remedies(operation);
      const details = { label: l10n.t('Show Details'), run: () => showOperation(operation, operationDeps) };
      return endedButtons(operation, helps, details);
    },
    outcomeWords: why,
    progressOf,
    tellWaiting: (id) => waiting.tell(id),
  });
  const waiting = new Waiting({
    ledger,
    tracker,
    batches,
    notify,
    ports,
    details: (operation) => ({
      label: l10n.t('Show Details'),
      run: () => showOperation(operation, operationDeps),
    }),
    isOnScreen: ({ id }) => pages.isOnScreen({ kind: 'operation', id }),
  });
  const focusResources = async (): Promise<void> => {
    await vscode.commands.executeCommand('slipway.resources.focus');
  };
  const reveal = async (): Promise<void> => {
    await focusResources();
    // A button of the empty view that was pressed had the focus, which went with the button.
    shell
      .resourcesRows()
      .then(focusResources)
      .catch((thrown: unknown) => log.warn(`focus: ${failureLine(failureOf(thrown))}`));
  };

  const pages = new Pages(
    context.extensionUri,
    context.workspaceState,
    (thrown) => void notify.failed(l10n.t('carry out what was asked for on the page'), thrown),
  );
  const keptPlans = new KeptPlans(context.workspaceState, (thrown) =>
    log.warn(`pages: ${failureLine(failureOf(thrown))}`),
  );
  const showOperationOf = async (id: string): Promise<void> => {
    const operation = ledger.operation(id);
    if (operation) await showOperation(operation, operationDeps);
  };
  const reviews = new PlanReviews({
    pages,
    kept: keptPlans,
    operations: ledger,
    showOperation: showOperationOf,
    now: () => systemClock.now(),
  });
  const copyRequests = copyingRequests(loadAws);

  const picking: Picking = {
    selected: () => shell.resourcesView.selection[0],
    last: new LastPlace(context.workspaceState),
    help: async (remedy, connection, failure) => {
      const row = (await resources.children()).find(({ id }) => id === connection.id);
      if (remedy !== 'tryAgain' && row?.kind === 'connection')
        await handlers[REMEDY_COMMANDS[remedy]](failureRow(row, failure));
      // What the AWS files say now counts, not what they said when it failed.
      (await loadAws()).forget(connection.id);
      return ['signIn', 'changeRegion', 'tryAgain'].includes(remedy);
    },
  };

  const run = async (id: CommandId, args: readonly unknown[]): Promise<void> => {
    try {
      if (NEED_TRUST.has(id)) requireTrust();
      requireClickedRow(args);
      await handlers[id](...args);
    } catch (thrown) {
      void notify.failed(commandAction(id), thrown);
    }
  };
  const things = new ThingPages({
    paged: resources.paged,
    source,
    clock: systemClock,
    ledger,
    pages,
    onDidChangeRows: resourcesView.tree.onDidChangeTreeData,
    progressOf,
    outcomeWords: why,
    forget: async (connectionId) => (await loadAws()).forget(connectionId),
    run: (id, row) => run(id, [row]),
    showOperation: showOperationOf,
    show: (action, place) => LOOKS[action].show(place, nodegroupDeps),
  });

  const packer = createPacker({ workerFile: join(context.extensionPath, 'dist', 'pack-worker.js') });
  const zips = new CodeZips(ports, notify);
  const codeDeps: CodeDeps = {
    store,
    picking,
    prompts: vscodePrompts,
    ports,
    packer,
    clock: systemClock,
    cacheFolder: folders.packages,
    ledger,
    runner,
    documents,
    notify,
    reviews,
    copyRequests,
    pages,
    zips,
    batches,
    prefixes: new RememberedPrefixes(context.workspaceState, () => textSetting('deploy.prefix')),
    drafts: new Drafts(
      context.workspaceState,
      () => systemClock.now(),
      (thrown) => log.warn(`deploy wizard: ${failureLine(failureOf(thrown))}`),
    ),
    confirmed: new ConfirmedTargets(context.globalState),
    tasks: new PreDeployTasks(),
    showOperation: (operation) => showOperation(operation, operationDeps),
  };

  const kept = new KeptSaves(context.workspaceState, (thrown) =>
    log.warn(`deploy on save: ${failureLine(failureOf(thrown))}`),
  );
  const onSave = new OnSave({
    ...codeDeps,
    ledger,
    tracker,
    kept,
    failureWords: (failure) => notify.words(failure),
    outcomeWords: why,
    onStates: (states) => {
      const look = saveAppearance(states);
      statusBar.showOnSave(look && saveAppearanceWords(look));
    },
  });

  const nodegroupDeps: FollowUpDeps = {
    store,
    picking,
    prompts: vscodePrompts,
    ports,
    attentionSources,
    ledger,
    runner,
    batches,
    documents,
    notify,
    drains,
    pages,
    reviews,
    copyRequests,
    clock: systemClock,
    showPage: ({ connection, cluster, nodegroup }) =>
      things.showAt({ kind: 'nodegroup', connectionId: connection.id, path: [cluster, nodegroup] }),
    refresh: ({ connection, cluster, nodegroup }) =>
      void resources.refresh(resources.find(connection.id, [cluster, nodegroup])),
  };
  const operationDeps: OperationDeps = {
    ledger,
    tracker,
    runner,
    batches,
    tree: operationsTree,
    operationsView: shell.operationsView,
    pages,
    notify,
    remedies,
    // As from a row, which is what a command takes.
    command: (id, operation) => handlers[id]({ kind: 'operation', operation }),
    prompts: vscodePrompts,
    readFailingPod: (operation, signal) => readFailingPod(operation, codeDeps, signal),
    outcomeWords: why,
    loadAws,
    unseen,
    goOn: (operation) => waiting.goOn(operation),
    endHere: (operation) => waiting.end(operation),
    retry: (operation) => retry(operation, { batches, code: codeDeps, nodegroups: nodegroupDeps }),
  };
  const handlers: CommandHandlers = {
    ...connectionCommands({ store, prompts: vscodePrompts, loadAws, reveal }),
    ...signInCommands({ store, prompts: vscodePrompts, loadAws, refresh }),
    ...resourceCommands(resources, refresh, log),
    ...openRowCommands({ things, nodegroups: nodegroupDeps }),
    ...attentionCommands(resources, shell.resourcesView),
    ...operationCommands(operationDeps),
    'slipway.page.keep': async () => pages.keepShared(),
    'slipway.menu': () => showMenu({ ...operationDeps, saveTroubles: () => onSave.troubles() }),
    'slipway.walkthrough.open': openWalkthrough,
    ...codeCommands(codeDeps),
    ...nodegroupCommands(nodegroupDeps),
    'slipway.onSave.toggle': () => onSave.toggle(),
  };
  const diagnostics = new TargetDiagnostics();
  const firstSteps = new FirstSteps(store, ledger);
  const forQ = nameExtensionForQ(context.globalState);
  tracker.start();
  context.subscriptions.push(watchMissing());

  return {
    resources: resourcesView.tree,
    operations: operationsTree,
    readCodeFile: (file) => zips.readFile(file),
    run,
    restorePage: (panel, state) =>
      restorePage(panel, state, {
        pages,
        kept: keptPlans,
        operation: (id) => operationShown(id, operationDeps),
        log: (key) => restoredLog(key, codeDeps),
        readiness: (key) => restoredReadiness(key, nodegroupDeps),
        read: (key) => restoredRead(key, nodegroupDeps),
        thing: (key) => things.restored(key),
        handlers,
        rowOf: (connectionId, path) => resources.find(connectionId, path),
      }),
    saved: (save) => onSave.saved(save),
    lookForSaves: () => onSave.look(),
    async dispose() {
      live.dispose();
      // VS Code waits for some seconds, and the answer to a save may take longer than what the tree has to write.
      await Promise.all([onSave.dispose(), resourcesView.dispose()]);
      for (const part of [diagnostics, firstSteps, forQ, statusBar, unseen, operationsTree, store])
        part.dispose();
      await packer.dispose();
      await tracker.stop();
      watches.dispose();
      await ledger.dispose();
      await kubernetes.dispose();
      await aws.dispose();
    },
  };
}
