/** Operations that wait for the user's click: they go on, or are left at what was done. */
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
import { knownConnection, type Ports } from './ports';
import { targetAt, targetKinds } from './target-kinds';
import { requireTrust } from './trust';

export interface WaitingDeps {
  readonly ledger: Ledger;
  readonly tracker: Pick<Tracker, 'lookNow'>;
  readonly batches: Pick<BatchRunner, 'goOn' | 'end'>;
  readonly notify: Notifier;
  readonly ports: Ports;
  /** Why an operation ended as it did is told by whoever follows it. */
  readonly details: (operation: Operation) => Remedy;
}

export class Waiting {
  constructor(private readonly deps: WaitingDeps) {}

  /** @throws refused `workspace-not-trusted`, `not-waiting`, and those of batches. */
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

  /** Tells, where an operation waits in the middle of what it sends, what it waits for. Waits for no answer. */
  tell(id: string): void {
    const { ledger, notify, details } = this.deps;
    const operation = ledger.operation(id);
    if (operation?.paused === undefined) return;
    const { label } = operation.subject;
    const run = (work: Promise<void>): Promise<void> =>
      work.catch((thrown) => notify.failed(l10n.t('go on with {0}', { 0: label }), thrown));
    // Without its numbers: they are of the look before, and the notification stays.
    void notify.succeeded(l10n.t('{0}: {1}.', { 0: label, 1: operationWords(operation) }), [
      { label: l10n.t('Go On'), run: () => run(this.goOn(operation)) },
      { label: l10n.t('End Here'), run: () => run(this.end(operation)) },
      details(operation),
    ]);
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
