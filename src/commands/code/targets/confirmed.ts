/** Which targets the user has agreed to on this machine: a file that somebody else wrote must not choose where code goes. */
import type { Memento } from 'vscode';
import { fingerprintOf } from '../../../deploy/targets/fingerprint';
import { targetsFileOf, type WorkspaceTarget } from './workspace-targets';

const KEY = 'slipway.confirmedTargets';

/** Kept for the machine, by the file that names the target: another file with the same words is another target. */
export class ConfirmedTargets {
  constructor(private readonly memento: Memento) {}

  /** Whether the target leads where it led when the user agreed. */
  has(target: WorkspaceTarget): boolean {
    return this.all()[idOf(target)] === fingerprintOf(target.target);
  }

  /** Whether the user agreed to a target of that name that led elsewhere. */
  hasChanged(target: WorkspaceTarget): boolean {
    return this.all()[idOf(target)] !== undefined && !this.has(target);
  }

  async add(target: WorkspaceTarget): Promise<void> {
    await this.memento.update(KEY, { ...this.all(), [idOf(target)]: fingerprintOf(target.target) });
  }

  private all(): Readonly<Record<string, string>> {
    return this.memento.get<Record<string, string>>(KEY, {});
  }
}

function idOf({ folder, target }: WorkspaceTarget): string {
  return `${targetsFileOf(folder)}#${target.name}`;
}
