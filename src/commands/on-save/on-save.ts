/**
 * Deploy on save in this window: finds the targets with deploy on save, and passes VS Code's events to them.
 */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type FileState, OwnSaves } from '../../deploy/on-save/own-saves';
import { isFromSave } from '../../deploy/on-save/plan-saved';
import { rememberReadings } from '../../deploy/on-save/remembered-readings';
import type { SaveState } from '../../deploy/on-save/save-state';
import type { Target } from '../../deploy/targets/target';
import type { Operation } from '../../operations/operation';
import { showBriefly } from '../../view/message';
import { stateWords } from '../../view/messages/operation';
import { mayDeployOnSave, type Save } from '../../view/save-watch';
import { foldersOf } from '../../view/workspace-files';
import {
  readWhatCanBeRead,
  readWorkspaceTargets,
  targetsFileOf,
  usableTargets,
  type WorkspaceTarget,
} from '../code/targets/workspace-targets';
import type { OutcomeWords } from '../run';
import { requireTrust } from '../trust';
import { SavedTarget, type SavedTargetDeps, type SaveTrouble } from './saved-target';
import { watchOutside } from './target-folder';

export interface OnSaveDeps
  extends Omit<
    SavedTargetDeps,
    'readings' | 'lookAgain' | 'onState' | 'watch' | 'showOperation' | 'outcomeWords'
  > {
  readonly showOperation: (operation: Operation) => Promise<void>;
  readonly outcomeWords: OutcomeWords;
  /** Called after every change of a target's state. */
  readonly onStates: (states: readonly SaveState[]) => void;
}

/** For this many milliseconds, the plans of further saves may reuse readings of AWS. */
const READINGS_MS = 60_000;

export class OnSave {
  private readonly targets = new Map<string, SavedTarget>();
  private readonly targetDeps: SavedTargetDeps;
  /** The last read of the `slipway.json` files. The next read waits for it, so that no target is created twice. */
  private looking: Promise<void> = Promise.resolve();
  private readonly ownSaves: OwnSaves;
  private readonly listening: vscode.Disposable;
  /**
   * True if all `slipway.json` files were read in this turn of the event loop: a deployment that begins in the
   * same turn does not read them again.
   */
  private isFresh = false;
  private isDisposed = false;

  constructor(private readonly deps: OnSaveDeps) {
    this.ownSaves = new OwnSaves(stateOf, deps.clock);
    this.listening = vscode.Disposable.from(
      vscode.workspace.onWillSaveTextDocument(({ document }) =>
        this.ownSaves.saving(document.uri.toString()),
      ),
      vscode.workspace.onWillSaveNotebookDocument(({ notebook }) =>
        this.ownSaves.saving(notebook.uri.toString()),
      ),
    );
    this.targetDeps = {
      ...deps,
      readings: rememberReadings(deps.clock, READINGS_MS),
      outcomeWords: (operation) => deps.outcomeWords(operation) ?? stateWords(operation.state),
      showOperation: async (id) => {
        const operation = deps.ledger.operation(id);
        if (operation) await deps.showOperation(operation);
      },
      lookAgain: async ({ folder }) => {
        if (this.isFresh) return;
        const failure = (await this.readTargets()).get(folder.uri.toString());
        if (failure !== undefined) throw failure;
      },
      onState: () => deps.onStates(this.states()),
      watch: (target) =>
        watchOutside(target.folder, {
          onChange: (file, isNew) => void this.changedOutside(target, file, isNew),
          onHead: () => target.headChanged(),
        }),
    };
  }

  async saved(save: Save): Promise<void> {
    const { file } = save;
    const folders = foldersOf(file);
    this.ownSaves.saved(file.toString());
    if (folders.length === 0 || (this.targets.size === 0 && !(await mayDeployOnSave(save)))) return;
    const unreadable = await this.readTargets();
    // `slipway.json` decides where code goes; it is not code itself.
    if (folders.some((folder) => isTargetsFile(file, folder))) return;
    this.isFresh = unreadable.size === 0;
    for (const target of this.targets.values()) {
      if (target.holds(file)) target.changed(save.explicit ? 'save' : 'auto-save', file);
    }
    this.isFresh = false;
  }

  /** Switches deploy on save on or off for all targets of this window. */
  async toggle(): Promise<void> {
    requireTrust();
    const on = !this.deps.kept.isOn;
    this.deps.kept.switchTo(on);
    if (!on) for (const target of this.targets.values()) target.configure(false);
    await this.readTargets();
    const isAnyOn = usableTargets(await readWorkspaceTargets()).some(({ target }) => isAllowed(target));
    if (!on) showBriefly(l10n.t('Deploy on save is off in this window'), MESSAGE_MS);
    else if (isAnyOn) showBriefly(l10n.t('Deploy on save is on in this window'), MESSAGE_MS);
    else {
      void this.deps.notify.warn(
        l10n.t(
          'Deploy on save is on in this window, and no target of slipway.json asks for it ("onSave": {"enabled": true}).',
        ),
      );
    }
  }

  /** Called at start-up: begins to watch for changes, and takes over the saves that a closed window did not finish. */
  async look(): Promise<void> {
    await this.readTargets();
  }

  /**
   * Returns true if the operation's end needs no notification from elsewhere: a target of this window notifies the
   * user of its own deployments, and a successful save needs no notification.
   */
  tellsOf(operation: Operation): boolean {
    if (isFromSave(operation) && operation.state === 'succeeded') return true;
    return [...this.targets.values()].some((target) => target.tellsOf(operation.id));
  }

  /** Why targets are not deployed at present. */
  troubles(): readonly SaveTrouble[] {
    return [...this.targets.values()].flatMap(({ trouble }) => trouble ?? []);
  }

  async dispose(): Promise<void> {
    this.isDisposed = true;
    this.listening.dispose();
    await Promise.all([...this.targets.values()].map((target) => target.dispose()));
  }

  private states(): readonly SaveState[] {
    return [...this.targets.values()].map(({ state }) => state);
  }

  /**
   * Reads the `slipway.json` files, and updates the targets of this window.
   * @returns the errors of files that could not be read, by the URI of the folder
   */
  private readTargets(): Promise<Unreadable> {
    const looked = this.looking.then(async () => {
      const { folders, failures } = await readWhatCanBeRead();
      this.found(usableTargets(folders), failures);
      return failures;
    });
    this.looking = looked.then(
      () => undefined,
      () => undefined,
    );
    return looked;
  }

  /**
   * Takes over the targets that were read. The targets of a file that cannot be read are kept; each of their
   * deployments then reports the file's failure.
   */
  private found(found: readonly WorkspaceTarget[], failures: Unreadable): void {
    if (this.isDisposed) return;
    const byId = new Map(found.map((target) => [idOf(target), target]));
    for (const [id, known] of this.targets) {
      if (failures.has(known.folder.uri.toString())) continue;
      const target = byId.get(id);
      known.configure(target !== undefined && this.isOn(target), target);
    }
    for (const [id, target] of byId) {
      if (this.targets.has(id)) continue;
      const on = this.isOn(target);
      if (on || this.deps.kept.isPending(id)) {
        this.targets.set(id, new SavedTarget(id, target, on, this.targetDeps));
      }
    }
    this.deps.onStates(this.states());
  }

  private async changedOutside(target: SavedTarget, file: vscode.Uri, isNew: boolean): Promise<void> {
    if (!target.holds(file) || isTargetsFile(file, target.folder)) return;
    // The target is asked about the editor's own saves too, so that it reads its rules again after an ignore file
    // is saved.
    for (const reason of await target.reasonsOutside(file, isNew)) {
      if (!(await this.ownSaves.holds(reason.toString()))) target.changed('external', reason);
    }
  }

  private isOn({ target }: WorkspaceTarget): boolean {
    return this.deps.kept.isOn && vscode.workspace.isTrusted && isAllowed(target);
  }
}

const MESSAGE_MS = 4_000;

type Unreadable = Awaited<ReturnType<typeof readWhatCanBeRead>>['failures'];

/**
 * Whether a target may be deployed on save. Neither a protected target nor a strategy that the user has to watch
 * is allowed, since both need questions.
 */
function isAllowed({ kind, onSave, strategy, protected: isProtected }: Target): boolean {
  const chosen = kind.strategies.find(({ id }) => id === strategy);
  return onSave.enabled && !isProtected && (chosen?.mayRunOnSave ?? true);
}

function idOf({ folder, target }: WorkspaceTarget): string {
  return `${targetsFileOf(folder)}#${target.name}`;
}

function isTargetsFile(file: vscode.Uri, folder: vscode.WorkspaceFolder): boolean {
  return file.toString() === targetsFileOf(folder).toString();
}

async function stateOf(file: string): Promise<FileState | undefined> {
  try {
    const { size, mtime } = await vscode.workspace.fs.stat(vscode.Uri.parse(file));
    return { size, modifiedAt: mtime };
  } catch {
    // The file no longer exists or cannot be read, so it is not known to be in the state that the editor left.
    return undefined;
  }
}
