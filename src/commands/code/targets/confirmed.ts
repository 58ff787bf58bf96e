/**
 * The targets that the user has agreed to on this machine. Without this agreement, a `slipway.json` that
 * somebody else wrote could decide where code goes.
 */
import type { Memento } from 'vscode';
import { agreementTo, notAgreedTo } from '../../../deploy/targets/agreement';
import { targetsFileOf, type WorkspaceTarget } from './workspace-targets';

const KEY = 'slipway.confirmedTargets';

/**
 * Agreements are stored on this machine by file and name of the target: the same target in another file needs
 * its own agreement.
 */
export class ConfirmedTargets {
  constructor(private readonly memento: Memento) {}

  /** Returns true if the user has agreed to the target, and no later change needs a new agreement. */
  has(target: WorkspaceTarget): boolean {
    const agreed = this.all()[idOf(target)];
    return isObject(agreed) && notAgreedTo(agreed, target.target).length === 0;
  }

  /**
   * The members whose changes the user has yet to agree to; empty if the user has not agreed to the target at
   * all.
   */
  changes(target: WorkspaceTarget): readonly string[] {
    const agreed = this.all()[idOf(target)];
    return isObject(agreed) ? notAgreedTo(agreed, target.target) : [];
  }

  async add(target: WorkspaceTarget): Promise<void> {
    await this.memento.update(KEY, { ...this.all(), [idOf(target)]: agreementTo(target.target) });
  }

  private all(): Readonly<Record<string, unknown>> {
    return this.memento.get<Record<string, unknown>>(KEY, {});
  }
}

function idOf({ folder, target }: WorkspaceTarget): string {
  return `${targetsFileOf(folder)}#${target.name}`;
}

/**
 * True for an agreement in the present form. An earlier version of Slipway stored a text, which contained
 * only the place, not the files.
 */
function isObject(agreed: unknown): boolean {
  return agreed instanceof Object;
}
