/** Deploy on save for one target of the workspace: its queue, what it tells the user, and what outlives the window. */
import { commands, type Disposable, type Uri } from 'vscode';
import { type Restored, SaveQueue } from '../../deploy/on-save/save-queue';
import {
  type ChangeOrigin,
  initialState,
  type SaveNews,
  type SaveOutcome,
  type SaveState,
  snapshotOf,
} from '../../deploy/on-save/save-state';
import type { KeptSaves } from '../../view/kept-saves';
import { t } from '../../view/l10n';
import type { Notifier, Remedy } from '../../view/notify';
import type { Prompts } from '../../view/wizard/prompts';
import { runWizard } from '../../view/wizard/wizard';
import { pausedWords } from '../../view/words/on-save';
import { confirmStep, type TargetAnswers } from '../code/targets/steps';
import { rootOf } from '../code/targets/target-input';
import { targetLabel, type WorkspaceTarget } from '../code/targets/workspace-targets';
import { type DeploySavedDeps, deploySaved, endOf, NOT_CONFIRMED, type SavedEnd } from './deploy-saved';

const TASK_FAILED = 'task-failed';
const SHOW_PROBLEMS: Remedy = {
  label: t('Show Problems'),
  run: async () => {
    await commands.executeCommand('workbench.actions.view.problems');
  },
};

export interface SavedTargetDeps extends DeploySavedDeps {
  readonly kept: KeptSaves;
  readonly notify: Notifier;
  readonly prompts: Prompts;
  readonly showOperation: (id: string) => Promise<void>;
  /** The target as `slipway.json` has it by now. */
  readonly lookAgain: (target: WorkspaceTarget) => Promise<void>;
  readonly onState: () => void;
  /** Begins to tell changes from outside of the editor. */
  readonly watch: (target: SavedTarget) => Disposable;
}

export class SavedTarget {
  /** Set by the queue from its first moment on. */
  #state: SaveState;
  readonly #queue: SaveQueue;
  readonly #closing = new AbortController();
  #target: WorkspaceTarget;
  #watcher: Disposable | undefined;
  #why = '';
  /** The operation that was begun last. */
  #operation: string | undefined;
  /** All that this window waits for, or has waited for. */
  readonly #awaited = new Set<string>();

  /** @param id the same for the target after a reload. */
  constructor(
    readonly id: string,
    target: WorkspaceTarget,
    on: boolean,
    private readonly deps: SavedTargetDeps,
  ) {
    const { onSave } = target.target;
    this.#target = target;
    this.#operation = deps.kept.of(id)?.operation;
    this.#state = initialState(on, onSave);
    this.#queue = new SaveQueue(
      {
        clock: deps.clock,
        deploy: (signal) => this.#deploy(signal),
        onNews: (news) => this.#tell(news),
        onState: (state) => this.#changed(state),
      },
      on,
      onSave,
      this.#before(),
    );
    this.#watchOutside();
  }

  get state(): SaveState {
    return this.#state;
  }

  get folder(): WorkspaceTarget['folder'] {
    return this.#target.folder;
  }

  /** Whether this window waits for the operation and tells how it ends. */
  tellsOf(operationId: string): boolean {
    return this.#awaited.has(operationId);
  }

  holds(file: Uri): boolean {
    const { path } = rootOf(this.#target);
    return file.path.startsWith(path.endsWith('/') ? path : `${path}/`);
  }

  changed(origin: ChangeOrigin, file: Uri): void {
    this.#queue.changed(origin, file.toString());
  }

  headChanged(): void {
    this.#queue.headChanged();
  }

  /** `target`: as it is by now; absent where it is gone or cannot be used. */
  configure(on: boolean, target?: WorkspaceTarget): void {
    if (target !== undefined) this.#target = target;
    this.#queue.configure(on, this.#target.target.onSave);
    this.#watchOutside();
  }

  /** Nothing is begun any more. What AWS works on is found again by the next window. */
  async dispose(): Promise<void> {
    this.#watcher?.dispose();
    this.#closing.abort();
    await this.#queue.dispose();
  }

  #watchOutside(): void {
    const { on, settings } = this.#state;
    if (on && settings.externalChanges) {
      this.#watcher ??= this.deps.watch(this);
    } else {
      this.#watcher?.dispose();
      this.#watcher = undefined;
    }
  }

  /** What a window that went away left behind. */
  #before(): Restored | undefined {
    const kept = this.deps.kept.of(this.id);
    if (kept === undefined) return undefined;
    const { operation, snapshot } = kept;
    const wasSent = operation !== undefined && this.deps.ledger.operation(operation)?.sentAt !== undefined;
    const isInFlight = snapshot.running && wasSent;
    if (isInFlight) this.#awaited.add(operation);
    return {
      snapshot,
      ...(isInFlight && { inFlight: endOf(operation, this.deps, this.#closing.signal).then(this.#ended) }),
    };
  }

  async #deploy(signal: AbortSignal): Promise<SaveOutcome> {
    // The file may have been changed, and the switch with it, by other ways than the editor's.
    await this.deps.lookAgain(this.#target);
    if (signal.aborted || !this.#state.on) return { kind: 'cancelled' };
    return this.#ended(
      await deploySaved(this.#target, this.deps, {
        signal,
        closing: this.#closing.signal,
        onBegun: (operation) => {
          this.#operation = operation;
          this.#awaited.add(operation);
          this.#keep();
        },
      }),
    );
  }

  readonly #ended = ({ outcome, why = '' }: SavedEnd): SaveOutcome => {
    this.#why = why;
    return outcome;
  };

  #changed(state: SaveState): void {
    this.#state = state;
    this.#keep();
    this.deps.onState();
  }

  #keep(): void {
    this.deps.kept.keep(this.id, {
      snapshot: snapshotOf(this.#state),
      ...(this.#operation !== undefined && { operation: this.#operation }),
    });
  }

  #tell(news: SaveNews): void {
    const { notify } = this.deps;
    const target = targetLabel(this.#target);
    switch (news.kind) {
      case 'paused':
        void notify.warn(
          pausedWords(news.reason, { target, limit: this.#state.settings.burst, why: this.#why }, t),
          [
            { label: t('Deploy Now'), run: () => this.#resume(true) },
            { label: t('Only Resume'), run: () => this.#resume(false) },
            ...(news.reason === 'failures' ? this.#details() : []),
          ],
        );
        break;
      case 'not-deployed':
        void notify.warn(t('What was saved last was not deployed to {0}.', { 0: target }), [
          { label: t('Deploy Now'), run: () => this.#resume(true) },
        ]);
        break;
      case 'trouble':
        if (news.code === NOT_CONFIRMED) this.#askToConfirm();
        else {
          const words = t('Deploy on save to {0} did not go well. {1}', { 0: target, 1: this.#why });
          void notify.warn(words.trim(), news.code === TASK_FAILED ? [SHOW_PROBLEMS] : this.#details());
        }
    }
  }

  #askToConfirm(): void {
    const words = t('Deploy on save to {0} waits for your word: nothing was sent from this machine so far.', {
      0: targetLabel(this.#target),
    });
    void this.deps.notify.warn(words, [{ label: t('Look at the Target…'), run: () => this.#confirm() }]);
  }

  async #confirm(): Promise<void> {
    type Asked = Pick<TargetAnswers, 'target' | 'confirmed'>;
    const steps = [confirmStep<Asked>(this.deps.confirmed)];
    const known = { target: this.#target };
    const agreed = await runWizard<Asked>(t('Deploy on Save'), steps, known, this.deps.prompts);
    if (agreed) this.#resume(true);
  }

  /** Switched off meanwhile, it stays so. */
  #resume(deploy: boolean): void {
    if (this.#state.on) this.#queue.resume(deploy);
  }

  #details(): readonly Remedy[] {
    const operation = this.#operation;
    if (operation === undefined || this.deps.ledger.operation(operation) === undefined) return [];
    return [{ label: t('Show Details'), run: () => this.deps.showOperation(operation) }];
  }
}
