/** The refusals of deploying that all kinds of targets share, each with the facts that explain it. */

import type { CodeLocation } from '../model/code';
import { refusalsOf } from '../model/failure';
import type { Json } from '../model/json';
import type { ConfigurationPart } from './configuration';

type At = Pick<CodeLocation, 'bucket' | 'key'>;

/** The parts in which the expected and the found configuration differ, and the found one as plain data. */
interface Differing {
  readonly parts: readonly ConfigurationPart[];
  readonly found: Json;
}

export interface DeployRefusals {
  /**
   * Checks block the plan, or lack a confirmation by the user. `checks`: the codes of their findings.
   * `label`: the target's label, where there are several plans.
   */
  'plan-blocked': { readonly checks: readonly string[]; readonly label?: string };
  /** Parts of an upload still exist, although S3 said that it removed them. */
  'parts-left': At;
  /** The object under the zip's key is not, or is no longer, the zip that was sent. */
  'stored-zip-wrong': At;
  /** The zip was removed or replaced since the plan was made, or since Slipway began to read it. */
  'zip-changed': At;
  /** The plan deploys a folder, but the caller passed no folder to pack, or another one. */
  'folder-not-given': { readonly root: string };
  /** There is no such file in the zip. */
  'no-such-entry': At & { readonly path: string };
  /** The update failed inside the service. `statusReason`: the service's reason, if it gives one. */
  'update-failed': { readonly statusReason?: string | null };
  /** Somebody else changed the target to a third configuration, neither the earlier nor the expected one. */
  'foreign-change': Differing & { readonly expected: Json };
  /** Somebody else brought the earlier configuration back. `managers`: who did it, as far as that is known. */
  'changed-back': { readonly name: string; readonly managers: readonly string[] };
  /** The request was not answered, and the service shows no effect of it. */
  'never-arrived': { readonly sentAt: number };
  /** The ledger's data of the operation cannot be read. */
  'operation-unreadable': { readonly what: 'plan' | 'request' | 'row' };
  /** Two rows of a batch lead to the same target. */
  'same-target-twice': { readonly label: string };
}

export const refuse = refusalsOf<DeployRefusals>();
