/** Which targets the user has agreed to on this machine: a file that somebody else wrote must not choose where code goes. */
import type { Memento } from 'vscode';
import { agreementTo, notAgreedTo } from '../../../deploy/targets/agreement';
import { targetsFileOf, type WorkspaceTarget } from './workspace-targets';

const KEY = 'slipway.confirmedTargets';

/** Kept for the machine, by the file that names the target: another file with the same words is another target. */
export class ConfirmedTargets {
  constructor(private readonly memento: Memento) {}

  /** Whether nothing of the target has changed since the user agreed that asks for it again. */
  has(target: WorkspaceTarget): boolean {
    const agreed = this.all()[idOf(target)];
    return isObject(agreed) && notAgreedTo(agreed, target.target).length === 0;
  }

  /** What the user has not agreed to of a target of that name; empty where there was no agreement at all. */
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

/** An earlier Slipway kept a text of where the target leads, which says nothing of the files. */
function isObject(agreed: unknown): boolean {
  return agreed instanceof Object;
}
