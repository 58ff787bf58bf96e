/** "Go On" and "End Here" for operations that wait for the user's click. */
import * as l10n from '@vscode/l10n';
import { goOnDeploying } from '../deploy/go-on';
import { takenLater } from '../model/progress';
import { BATCH } from '../operations/batch-plan';
import { endHere, goOn } from '../operations/go-on';
import type { Ledger } from '../operations/ledger';
import type { Operation } from '../operations/operation';
import { refuse as refuseOperation } from '../operations/refusal';
import type { Tracker } from '../operations/tracker';
import { doneWords, operationWords, progressWords } from '../view/messages/operation';
import type { Notifier, Remedy } from '../view/notify';
import { withProgress } from '../view/progress';
import type { BatchRunner } from './batches';
import { waitingButtons } from './notification-buttons';
import { knownConnection, type Ports } from './ports';
import { targetAt, targetKinds } from './target-kinds';
import { requireTrust } from './trust';

export interface WaitingDeps {
  readonly ledger: Ledger;
  readonly tracker: Pick<Tracker, 'lookNow'>;
  readonly batches: Pick<BatchRunner, 'goOn' | 'end'>;
  readonly notify: Notifier;
  readonly ports: Ports;
  /** The button that shows the operation's page. */
  readonly details: (operation: Operation) => Remedy;
  /** True if the operation's page is on the screen. */
  readonly isOnScreen: (operation: Operation) => boolean;
}

export class Waiting {
  constructor(private readonly deps: WaitingDeps) {}

  /**
   * Sends the requests that wait. A failure while they are sent is shown and not thrown.
   * @throws refused `workspace-not-trusted`, `not-waiting`, `no-such-connection`, and the refusals of batches
   */
  async goOn(operation: Operation): Promise<void> {
    const { id, kind } = operation;
    if (kind === BATCH) {
      await this.deps.batches.goOn(id);
      return;
    }
    requireTrust();
    await this.sendRest(operation);
  }

  async end({ id, kind }: Operation): Promise<void> {
    const { batches, ledger, notify, details } = this.deps;
    if (kind === BATCH) {
      await batches.end(id);
      return;
    }
    const ended = await endHere(ledger, id, takenLater('replaced'));
    void notify.succeeded(l10n.t('{0}: {1}.', { 0: ended.subject.label, 1: doneWords(ended) }), [
      details(ended),
    ]);
  }

  /**
   * Shows a notification with buttons if the operation waits for a click; does not wait for the answer. Shows none
   * while the operation's page is on the screen, since the page has the buttons and a notification would stay after
   * they are pressed.
   */
  tell(id: string): void {
    const { ledger, notify, details, isOnScreen } = this.deps;
    const operation = ledger.operation(id);
    if (operation?.paused === undefined || isOnScreen(operation)) return;
    const answers = { goOn: () => this.goOn(operation), end: () => this.end(operation) };
    // The pod counts are left out: they would soon be out of date on a notification that stays.
    void notify.succeeded(
      l10n.t('{0}: {1}.', { 0: operation.subject.label, 1: operationWords(operation) }),
      waitingButtons(operation, answers, this.deps, [details(operation)]),
    );
  }

  private async sendRest(operation: Operation): Promise<void> {
    const { ledger, ports, tracker } = this.deps;
    const { id, subject } = operation;
    const target = targetKinds.ofOperation(operation);
    if (target === undefined) throw refuseOperation('not-waiting', { id });
    const found = await ports(knownConnection(subject.connectionId));
    const failure = await withProgress(subject.label, async (signal, report) => {
      const look = (): void => report(wordsOf(ledger.operation(id) ?? operation));
      const unlisten = ledger.onDidChange(look);
      try {
        return await goOn(ledger, id, (journal, waiting, over) =>
          goOnDeploying(
            waiting,
            targetAt({ kind: target, path: subject.path }, found),
            found,
            journal,
            AbortSignal.any([signal, over]),
          ),
        );
      } finally {
        unlisten();
      }
    });
    await tracker.lookNow(id);
    if (failure !== undefined && failure.kind !== 'cancelled')
      await this.deps.notify.failed(l10n.t('go on with {0}', { 0: subject.label }), failure);
  }
}

function wordsOf(operation: Operation): string {
  return [operationWords(operation), progressWords(operation)]
    .filter((words) => words !== undefined)
    .join(' · ');
}
