/** The context in which a plan is carried out, and the progress that is reported meanwhile. */
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
  /** The target of the plan. */
  readonly target: DeployTarget;
  readonly packer: Pick<Packer, 'pack'>;
  /** Journal of the operation that was begun with the plan's summary. */
  readonly journal: Journal;
  /**
   * Resolves when the operation is on the disk; nothing is put into S3 before that. Absent if the operation is
   * on the disk already.
   */
  readonly begun?: Promise<void>;
  readonly clock: Clock;
  /** How to pack the folder of the plan; not needed for a zip that is already in S3. */
  readonly pack?: PackRequest;
  /** The zip of the plan's folder, if planning has already packed it. */
  readonly packed?: PackedZip;
  /** Finds a zip in S3 by its SHA-256 (hex), if this machine has stored it before. */
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
  /** The pods or processes with earlier code are being ended, as the strategy requires. */
  | { readonly step: 'replacing' };

/** The context that every step of the apply receives. */
export interface ApplyRun extends ApplyContext {
  readonly plan: DeploymentPlan;
  readonly signal: AbortSignal;
  readonly report: (progress: ApplyProgress) => void;
  /**
   * Records a step without waiting for the disk. The request is sent only after all steps that were recorded in
   * this way are on the disk.
   */
  readonly note: (name: string, facts?: Facts) => void;
}

/**
 * Awaited before every upload to S3 and before the update: resolves when the operation is on the disk and the
 * credentials belong to the plan's account.
 * @throws refused `account-changed`
 */
export async function untilMayWrite(run: ApplyRun): Promise<void> {
  await run.begun;
  await refuseOtherAccount(run);
}

export async function refuseOtherAccount({ ports, plan, signal }: ApplyRun): Promise<void> {
  const { accountId } = await ports.identities.whoAmI(signal);
  refuseUnlessAccount(plan.subject.accountId, accountId);
}
