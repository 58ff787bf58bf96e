/**
 * The part of deploy on save's state that is kept when the workspace's window closes: whether deploy on
 * save is switched on and, for each target, the state of its deployments, such as whether one waits, runs
 * or is paused.
 */
import type { Memento } from 'vscode';
import type { KeptSave } from '../deploy/on-save/save-state';

const SWITCH = 'slipway.onSave.isOff';
const SAVES = 'slipway.onSave.kept';

/**
 * True if a deployment was waiting, running or paused when the window closed. Cheap: loads no other module.
 */
export function hasKeptSaves(memento: Memento): boolean {
  return Object.values(all(memento)).some(isPending);
}

/** True if the user has switched deploy on save off in this workspace. Cheap: loads no other module. */
export function isSwitchedOff(memento: Memento): boolean {
  return memento.get(SWITCH, false);
}

export class KeptSaves {
  constructor(
    private readonly memento: Memento,
    private readonly onProblem: (thrown: unknown) => void,
  ) {}

  /** True unless the user has switched deploy on save off in this workspace. */
  get isOn(): boolean {
    return !isSwitchedOff(this.memento);
  }

  /** The switch takes effect at once, and is stored afterwards. */
  switchTo(on: boolean): void {
    this.store(SWITCH, !on);
  }

  of(id: string): KeptSave | undefined {
    return all(this.memento)[id];
  }

  /** True if the state that was last stored has a deployment of the target waiting, running or paused. */
  isPending(id: string): boolean {
    const kept = this.of(id);
    return kept !== undefined && isPending(kept);
  }

  keep(id: string, kept: KeptSave): void {
    const saves = all(this.memento);
    if (JSON.stringify(saves[id]) !== JSON.stringify(kept)) this.store(SAVES, { ...saves, [id]: kept });
  }

  private store(key: string, value: unknown): void {
    this.memento.update(key, value).then(undefined, this.onProblem);
  }
}

function all(memento: Memento): Readonly<Record<string, KeptSave>> {
  return memento.get<Readonly<Record<string, KeptSave>>>(SAVES, {});
}

/**
 * True if a deployment waits, runs or is paused. A pause counts, since the user has to see it before the next
 * save, not after it.
 */
function isPending({ snapshot: { waiting, running, paused } }: KeptSave): boolean {
  return waiting || running || paused !== undefined;
}
