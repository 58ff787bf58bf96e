/** Deploy on save for one target of the workspace: its settings, its deployments and its notifications. */

import { posix } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { followSaved } from '../../deploy/on-save/follow-saved';
import { OutsideChanges } from '../../deploy/on-save/outside-changes';
import { PreDeployWindow } from '../../deploy/on-save/pre-deploy';
import { answersTo, NOT_CONFIRMED, type SaveAnswer, standing } from '../../deploy/on-save/save-answers';
import { SaveQueue, type SaveRun } from '../../deploy/on-save/save-queue';
import {
  type ChangeOrigin,
  keptOf,
  type SaveNews,
  type SaveOutcome,
  type SaveState,
} from '../../deploy/on-save/save-state';
import { packRulesOf } from '../../deploy/targets/plan-input';
import { failureOf } from '../../model/failure';
import { checkedOut } from '../../package/git/repository';
import { isOuterRules } from '../../package/rules/single-files';
import type { KeptSaves } from '../../view/kept-saves';
import { pausedWords } from '../../view/messages/on-save';
import type { Notifier, Remedy } from '../../view/notify';
import type { Prompts } from '../../view/wizard/prompts';
import { runWizard } from '../../view/wizard/wizard';
import { rootOf } from '../code/targets/target-input';
import { confirmStep } from '../code/targets/target-steps';
import { targetLabel, type WorkspaceTarget } from '../code/targets/workspace-targets';
import { type DeploySavedDeps, deploySaved } from './deploy-saved';
import { filesBelow } from './target-folder';

function showProblems(): Remedy {
  return {
    label: l10n.t('Show Problems'),
    run: async () => {
      await vscode.commands.executeCommand('workbench.actions.view.problems');
    },
  };
}

export interface SavedTargetDeps extends DeploySavedDeps {
  readonly kept: KeptSaves;
  readonly notify: Notifier;
  readonly prompts: Prompts;
  readonly showOperation: (id: string) => Promise<void>;
  /**
   * Updates the target from `slipway.json`, which is read again unless it was just read. Throws the error if
   * the file cannot be read.
   */
  readonly lookAgain: (target: WorkspaceTarget) => Promise<void>;
  readonly onState: () => void;
  /** Begins to report changes that are made outside of the editor. */
  readonly watch: (target: SavedTarget) => vscode.Disposable;
}

/** Why a target is not deployed at present, and what the user can do about it. */
export interface SaveTrouble {
  readonly words: string;
  readonly remedies: readonly Remedy[];
}

export class SavedTarget {
  private readonly queue: SaveQueue;
  private readonly closing = new AbortController();
  private target: WorkspaceTarget;
  private watcher: vscode.Disposable | undefined;
  private readonly window: PreDeployWindow;
  /**
   * Judges changes that are made outside of the editor. `changes` uses the ignore rules that were read for the
   * root and the settings in `of`: when the root or a setting changes, both members are replaced.
   */
  private outside: { readonly of: string; readonly changes: OutsideChanges } | undefined;

  /** @param id the target's id, which is the same after a reload */
  constructor(
    readonly id: string,
    target: WorkspaceTarget,
    on: boolean,
    private readonly deps: SavedTargetDeps,
  ) {
    const { onSave } = target.target;
    this.target = target;
    this.window = new PreDeployWindow(deps.clock);
    const kept = deps.kept.of(id);
    const follow = (operation: string) => followSaved(operation, deps, this.closing.signal);
    this.queue = new SaveQueue(
      {
        clock: deps.clock,
        deploy: (run) => this.deploy(run),
        onNews: (news, state) => void deps.notify.warn(this.words(news, state), this.remedies(news, state)),
        onState: (state) => {
          deps.kept.keep(id, keptOf(state));
          deps.onState();
        },
      },
      on,
      onSave,
      kept && { kept, ledger: deps.ledger, follow },
    );
    this.watchOutside();
  }

  get state(): SaveState {
    return this.queue.state;
  }

  get trouble(): SaveTrouble | undefined {
    const news = standing(this.state);
    return news && { words: this.words(news, this.state), remedies: this.remedies(news, this.state) };
  }

  get folder(): WorkspaceTarget['folder'] {
    return this.target.folder;
  }

  /**
   * Returns true if this window waits for the operation, or has waited for it, and itself notifies the user
   * of its end.
   */
  tellsOf(operationId: string): boolean {
    return this.queue.awaits(operationId);
  }

  /**
   * Returns true if the file is in the target's folder, or is an ignore file outside of this folder that
   * applies to the folder's files.
   */
  holds(file: vscode.Uri): boolean {
    const { path } = rootOf(this.target);
    if (file.path.startsWith(path.endsWith('/') ? path : `${path}/`)) return true;
    return isOuterRules(posix.relative(path, file.path), packRulesOf(this.target.target));
  }

  /**
   * The reasons to deploy after a watcher has reported that `file` changed outside of the editor: `file`
   * itself, or none. For a new folder, also up to `burst` + 1 files in it: more are not needed, since more
   * than `burst` changes pause deploy on save.
   * @param file a file or a folder of this target
   */
  async reasonsOutside(file: vscode.Uri, isNew: boolean): Promise<readonly vscode.Uri[]> {
    const root = rootOf(this.target);
    const rules = packRulesOf(this.target.target);
    const of = JSON.stringify([root.toString(), rules]);
    if (this.outside?.of !== of) {
      this.outside = { of, changes: new OutsideChanges(rules, filesBelow(root), this.window) };
    }
    const path = posix.relative(root.path, file.path);
    const reasons = await this.outside.changes.reasons(path, isNew, this.state.settings.burst + 1);
    return reasons.map((reason) => vscode.Uri.joinPath(root, reason));
  }

  changed(origin: ChangeOrigin, file: vscode.Uri): void {
    this.queue.changed(origin, file.toString());
  }

  headChanged(): void {
    this.queue.headChanged();
  }

  /** @param target the target as it is now; absent if it no longer exists or cannot be used */
  configure(on: boolean, target?: WorkspaceTarget): void {
    if (target !== undefined) this.target = target;
    this.queue.configure(on, this.target.target.onSave);
    this.watchOutside();
  }

  /**
   * After this call no deployment begins. The next window continues to follow deployments that were already
   * sent.
   */
  async dispose(): Promise<void> {
    this.watcher?.dispose();
    this.closing.abort();
    await this.queue.dispose();
  }

  private watchOutside(): void {
    const { on, settings } = this.state;
    if (on && settings.externalChanges) {
      this.watcher ??= this.deps.watch(this);
    } else {
      this.watcher?.dispose();
      this.watcher = undefined;
      // Without a watcher, changes of ignore files are not reported, so the rules that were read may be out of
      // date.
      this.outside = undefined;
    }
  }

  private async deploy(run: SaveRun): Promise<SaveOutcome> {
    const head = this.head();
    try {
      // `slipway.json` may have been changed outside of the editor, so it is read again.
      await this.deps.lookAgain(this.target);
    } catch (thrown) {
      return { kind: 'failed', code: 'targets-unreadable', why: this.deps.failureWords(failureOf(thrown)) };
    }
    this.outside?.changes.runBegins();
    if (run.signal.aborted || !this.state.on) return { kind: 'cancelled' };
    if (!run.agreesTo(head)) return { kind: 'head-changed' };
    return await deploySaved(this.target, this.deps, {
      signal: run.signal,
      closing: this.closing.signal,
      onBegun: run.onBegun,
      window: this.window,
    });
  }

  private words(news: SaveNews, { settings, trouble }: SaveState): string {
    const target = targetLabel(this.target);
    const why = trouble?.why ?? '';
    switch (news.kind) {
      case 'paused':
        return pausedWords(news.reason, { target, limit: settings.burst, why });
      case 'not-deployed':
        return l10n.t('What was saved last was not deployed to {0}.', { 0: target });
      case 'trouble':
        return news.code === NOT_CONFIRMED
          ? l10n.t('Deploy on save to {0} waits for your word on the target. Nothing was sent.', {
              0: target,
            })
          : l10n.t('Deploy on save to {0} did not go well. {1}', { 0: target, 1: why }).trim();
    }
  }

  private remedies(news: SaveNews, state: SaveState): readonly Remedy[] {
    return answersTo(news, state).flatMap((answer) => this.remediesFor(answer, state));
  }

  private remediesFor(answer: SaveAnswer, state: SaveState): readonly Remedy[] {
    switch (answer) {
      case 'deploy-now':
        return [{ label: l10n.t('Deploy Now'), run: () => this.queue.resume(true) }];
      case 'only-resume':
        return [{ label: l10n.t('Only Resume'), run: () => this.queue.resume(false) }];
      case 'show-problems':
        return [showProblems()];
      case 'confirm-target':
        return [{ label: l10n.t('Look at the Target…'), run: () => this.confirm() }];
      case 'show-details':
        return this.details(state);
    }
  }

  private async confirm(): Promise<void> {
    const { confirmed, prompts } = this.deps;
    const step = confirmStep([this.target], confirmed);
    const agreed = await runWizard(l10n.t('Deploy on Save'), step, {}, prompts);
    if (agreed) this.queue.resume(true);
  }

  private head(): string | undefined {
    const root = rootOf(this.target);
    return root.scheme === 'file' ? checkedOut(root.fsPath) : undefined;
  }

  /** The button that shows the operation; none if the ledger has no operation to show. */
  private details({ operation }: SaveState): readonly Remedy[] {
    if (operation === undefined || this.deps.ledger.operation(operation) === undefined) return [];
    return [{ label: l10n.t('Show Details'), run: () => this.deps.showOperation(operation) }];
  }
}
