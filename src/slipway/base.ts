/**
 * The parts that all other parts use: connections, AWS, clusters, the ledger, and words for operations.
 */
import type * as vscode from 'vscode';
import { readWhatCanBeRead, usableTargets } from '../commands/code/targets/workspace-targets';
import { knownNamespaces } from '../commands/known-namespaces';
import { drainsIn } from '../commands/nodegroup/cluster-inside';
import { insideProgress } from '../commands/nodegroup/inside-progress';
import { outcomeWords } from '../commands/outcome';
import type { Ports } from '../commands/ports';
import { startAws } from '../commands/start-aws';
import { startKubernetes } from '../commands/start-kubernetes';
import { withEstimate } from '../commands/update-estimate';
import { joinedPorts } from '../commands/workloads';
import { systemClock } from '../model/clock';
import { type Ledger, openLedger } from '../operations/ledger';
import type { Operation } from '../operations/operation';
import { ConnectionStore } from '../view/connection-store';
import { logOf } from '../view/log';
import { Notifier } from '../view/notify';
import { countedProgress, type ProgressOf } from '../view/operations/known-progress';
import { storageFolders } from '../view/storage';

/** Inferred: each member has the type that {@link openBase} creates. */
export type Base = Awaited<ReturnType<typeof openBase>>;

export async function openBase(context: vscode.ExtensionContext, channel: vscode.LogOutputChannel) {
  const log = logOf(channel);
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
  const outcomeWordsOf = (operation: Operation): string | undefined =>
    outcomeWords(operation, (failure) => notify.words(failure));
  const progressOf: ProgressOf = (operation) => {
    const now = Date.now();
    const counted = insideProgress(operation, (failure) => notify.words(failure), now);
    return withEstimate(counted ?? countedProgress(operation), operation, now);
  };

  const ledger: Ledger = await openLedger({ folder: folders.ledger, clock: systemClock });
  ledger.onProblem((problem) => log.warn(`ledger: ${JSON.stringify(problem)}`));
  return {
    log,
    notify,
    folders,
    store,
    aws,
    loadAws,
    kubernetes,
    namespaces,
    ports,
    drains: drainsIn(kubernetes.load, ports),
    outcomeWords: outcomeWordsOf,
    progressOf,
    ledger,
  };
}
