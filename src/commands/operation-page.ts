/** The page of one operation: updated while the operation runs, with buttons for the user's next steps. */

import * as l10n from '@vscode/l10n';
import { present } from '../model/present';
import { insideOf, withoutInside } from '../nodegroup/inside/inside';
import { BATCH, type BatchRowStatus, batchPlan } from '../operations/batch-plan';
import { maskedOperation } from '../operations/export';
import type { Ledger } from '../operations/ledger';
import type { Operation } from '../operations/operation';
import type { Tracker } from '../operations/tracker';
import { isOpen, silenceWords } from '../view/messages/operation';
import type { Notifier, Remedy } from '../view/notify';
import { isInAws } from '../view/operations/node';
import type { FailingPodSeen } from '../view/pages/operations/failing-pod';
import { operationPage, type ShownRow } from '../view/pages/operations/operation';
import type { Page, PageButton } from '../view/pages/page';
import type { Pages, ShownPage } from '../view/pages/panels';
import type { UnseenFailures } from '../view/unseen-failures';
import type { BatchRunner } from './batches';
import type { OutcomeWords } from './run';
import { estimateOf } from './update-estimate';

export interface OperationPageDeps {
  readonly ledger: Pick<Ledger, 'operation' | 'onDidChange'>;
  readonly tracker: Pick<Tracker, 'settle' | 'status'>;
  readonly batches: Pick<BatchRunner, 'rows'>;
  readonly pages: Pick<Pages, 'show' | 'refresh'>;
  /** Records that the user has seen how the operation ended. */
  readonly unseen: Pick<UnseenFailures, 'seen'>;
  readonly notify: Notifier;
  readonly outcomeWords: OutcomeWords;
  /** The remedies for an operation in its present state, the safest first. */
  readonly remedies: (operation: Operation) => readonly Remedy[];
  /**
   * Reads the events and the last log lines of the pod that made an operation fail. Undefined if no pod did,
   * or if the connection of the operation is not known.
   */
  readonly readFailingPod: (operation: Operation, signal: AbortSignal) => Promise<FailingPodSeen | undefined>;
  /** Runs a command on an operation. */
  readonly command: (id: OperationCommand, operation: Operation) => Promise<void>;
}

type OperationCommand =
  | 'slipway.operation.stopWatching'
  | 'slipway.operation.goOn'
  | 'slipway.operation.endBatch'
  | 'slipway.operation.copyCli'
  | 'slipway.operation.openInConsole';

/** Milliseconds between two redraws while the operation runs and its bars grow. */
const TICK_MS = 5_000;

export async function showOperation({ id }: Pick<Operation, 'id'>, deps: OperationPageDeps): Promise<void> {
  const page = operationShown(id, deps);
  if (page === undefined) return;
  await deps.unseen.seen([id]);
  await deps.pages.show(page);
}

/** The page of an operation; undefined where the ledger no longer has the operation. */
export function operationShown(id: string, deps: OperationPageDeps): ShownPage | undefined {
  const { ledger, tracker, pages } = deps;
  const found = ledger.operation(id);
  if (found === undefined) return undefined;
  const key = { kind: 'operation', id } as const;
  void tracker.settle(id);
  const now = (): Operation => ledger.operation(id) ?? found;
  const pod = new FailingPodReader(deps, () => pages.refresh(key));
  pod.look(found);
  const unlisten = ledger.onDidChange((ids) => {
    if (ids.includes(id)) pod.look(now());
    if (ids.some((changed) => changed === id || ledger.operation(changed)?.parent === id)) pages.refresh(key);
  });
  const ticking = setInterval(() => {
    const operation = ledger.operation(id);
    if (operation && isOpen(operation)) pages.refresh(key);
  }, TICK_MS);
  return {
    key,
    title: found.subject.label,
    sharesPanel: true,
    content: () => contentOf(now(), deps, pod.seen),
    press: async (button) => {
      const action = actionsOf(now(), deps).find((one) => one.button.id === button);
      if (action) await action.run();
      else if (button.startsWith(ROW)) await showOperation({ id: button.slice(ROW.length) }, deps);
    },
    closed: () => {
      unlisten();
      pod.leave();
      clearInterval(ticking);
    },
  };
}

/** Reads the failing pod once for an open page; the result is dropped with the page. */
class FailingPodReader {
  seen: FailingPodSeen | undefined;
  private readonly leaving = new AbortController();
  private isAsked = false;

  constructor(
    private readonly deps: Pick<OperationPageDeps, 'readFailingPod' | 'notify'>,
    private readonly changed: () => void,
  ) {}

  look(operation: Operation): void {
    if (this.isAsked || operation.endedAt === undefined) return;
    this.isAsked = true;
    void this.read(operation);
  }

  leave(): void {
    this.leaving.abort();
  }

  private async read(operation: Operation): Promise<void> {
    const { signal } = this.leaving;
    try {
      this.seen = await this.deps.readFailingPod(operation, signal);
      if (this.seen !== undefined && !signal.aborted) this.changed();
    } catch (thrown) {
      if (!signal.aborted) void this.deps.notify.failed(l10n.t('read the pod that failed'), thrown);
    }
  }
}

/** The prefix of the id of a button that shows a row of a batch. */
const ROW = 'row:';

function contentOf(
  operation: Operation,
  deps: OperationPageDeps,
  failingPod: FailingPodSeen | undefined,
): Page {
  const failure = deps.outcomeWords(operation);
  const problem = deps.tracker.status(operation.id)?.problem;
  const now = Date.now();
  const silence = silenceWords(operation, now);
  const inside = insideOf(operation);
  const estimate = estimateOf(operation, now);
  return operationPage(
    {
      operation: maskedOperation(withoutInside(withShortPlan(operation))),
      ...present({ inside }),
      rows: deps.batches.rows(operation).map((row) => shownRow(row, deps)),
      buttons: actionsOf(operation, deps).map(({ button }) => button),
      ...present({ failure }),
      ...(problem && { problem: deps.notify.words(problem) }),
      ...present({ silence, estimate, failingPod }),
    },
    now,
  );
}

interface Action {
  readonly button: PageButton;
  run(): unknown;
}

function actionsOf(operation: Operation, deps: OperationPageDeps): readonly Action[] {
  const command = (id: OperationCommand, label: string): Action => ({
    button: { id, label },
    run: () => deps.command(id, operation),
  });
  return [
    ...(operation.paused === undefined
      ? []
      : [
          command('slipway.operation.goOn', l10n.t('Go On')),
          command('slipway.operation.endBatch', l10n.t('End Here')),
        ]),
    ...(isOpen(operation) && operation.paused === undefined
      ? [command('slipway.operation.stopWatching', l10n.t('Stop Watching'))]
      : []),
    ...deps.remedies(operation).map(({ label, run }, at) => ({ button: { id: `help:${at}`, label }, run })),
    ...(operation.request ? [command('slipway.operation.copyCli', l10n.t('Copy as CLI'))] : []),
    ...(isInAws(operation)
      ? [command('slipway.operation.openInConsole', l10n.t('Open in AWS Console'))]
      : []),
  ];
}

function shownRow(status: BatchRowStatus, deps: OperationPageDeps): ShownRow {
  const { row, operation } = status;
  const { label } = row.planned.subject;
  const why = operation && deps.outcomeWords(operation);
  return {
    label,
    status,
    ...present({ why }),
    ...(operation && { button: { id: `${ROW}${operation.id}`, label: l10n.t('Show Operation') } }),
  };
}

/** Leaves the plans of the rows out of a batch's plan, since each row has its own page. */
function withShortPlan(operation: Operation): Operation {
  return operation.kind === BATCH ? { ...operation, plan: batchPlan(operation).summary } : operation;
}
