/** What carrying out a plan needs, and what it tells on the way. */
import type { Clock } from '../../model/clock';
import type { Facts } from '../../model/json';
import type { Journal } from '../../operations/operation';
import type { PackedZip, Packer, PackProgress, PackRequest } from '../../package/packer';
import { refuseUnlessAccount } from '../../plan/account';
import type { DeploymentPlan } from '../plan/plan';
import type { DeployTarget } from '../port/deploy-target';
import type { DeployPorts } from '../ports';
import type { CopySource } from '../upload/multipart';

export interface ApplyContext {
  readonly ports: DeployPorts;
  /** The one that the plan is about. */
  readonly target: DeployTarget;
  readonly packer: Pick<Packer, 'pack'>;
  /** Of the operation that was begun with the plan's summary. */
  readonly journal: Journal;
  /** Until it resolves nothing is put: the operation is being written down. Absent: it is written down. */
  readonly begun?: Promise<void>;
  readonly clock: Clock;
  /** The folder of the plan; not needed for a zip that is there. */
  readonly pack?: PackRequest;
  /** The zip of that folder where it was packed for the plan already. */
  readonly packed?: PackedZip;
  /** The zip with this SHA-256 (hex) where this machine has stored it before. */
  readonly earlier?: (sha256: string) => CopySource | undefined;
}

export type ApplyProgress =
  | { readonly step: 'packing'; readonly progress?: PackProgress }
  | { readonly step: 'uploading'; readonly sent: number; readonly total: number }
  | { readonly step: 'verifying' }
  | { readonly step: 'recording' }
  /** The target is read once more. */
  | { readonly step: 'looking' }
  | { readonly step: 'sending' }
  /** What runs the earlier code is ended, as the strategy says. */
  | { readonly step: 'replacing' };

/** Everything that a step of the apply is handed. */
export interface ApplyRun extends ApplyContext {
  readonly plan: DeploymentPlan;
  readonly signal: AbortSignal;
  readonly report: (progress: ApplyProgress) => void;
  /** Writes a step down without waiting for the disk; all of them are waited for before the request. */
  readonly note: (name: string, facts?: Facts) => void;
}

/** Before every write: the operation is on the disk, and the credentials must belong to the account of the plan. */
export async function untilMayWrite(run: ApplyRun): Promise<void> {
  await run.begun;
  await refuseOtherAccount(run);
}

export async function refuseOtherAccount({ ports, plan, signal }: ApplyRun): Promise<void> {
  const { accountId } = await ports.identities.whoAmI(signal);
  refuseUnlessAccount(plan.subject.accountId, accountId);
}
