/** A named place to deploy to, as `slipway.json` describes it. */
import type { CommandLineArgument } from '../../model/code';
import type { Connection } from '../../model/connection';
import type { Choice } from '../configuration';
import type { TargetKind } from '../port/target-kind';

export type TargetConnection =
  | { readonly kind: 'sandbox' }
  | {
      readonly kind: 'account';
      /** Twelve digits; credentials of another account are refused. */
      readonly accountId: string;
      readonly region: string;
      /** Absent: any connection to that account and region. */
      readonly profile?: string;
    };

/**
 * Returns true if a target may deploy through the connection: both have the same region, or both are the
 * sandbox. Profiles are not compared.
 * @param accountId the account of the connection's credentials; if it is absent, accounts are not compared
 */
export function mayUse(named: TargetConnection, { source, region }: Connection, accountId?: string): boolean {
  if (named.kind === 'sandbox' || source.kind === 'sandbox') return named.kind === source.kind;
  return named.region === region && (accountId === undefined || named.accountId === accountId);
}

export interface OnSave {
  readonly enabled: boolean;
  /** True if the editor's automatic saves start deployments, too. */
  readonly autoSave: boolean;
  /** True if changes outside of the editor start deployments, too. */
  readonly externalChanges: boolean;
  /**
   * A deployment begins after this many milliseconds without a further change. Changes outside of the editor
   * may wait longer, and changes without a pause postpone the deployment only up to a limit.
   */
  readonly debounceMs: number;
  /**
   * If more files than this change at once without being saved by the user, deploy on save pauses and asks.
   */
  readonly burst: number;
}

export interface Target {
  readonly name: string;
  readonly kind: TargetKind;
  readonly connection: TargetConnection;
  /**
   * Path of the place that is deployed to, from the outermost part inwards: the values of the kind's own
   * members.
   */
  readonly path: readonly string[];
  readonly bucket: string;
  /** Folder inside the bucket; may be empty. */
  readonly prefix: string;
  /** Path relative to the folder of `slipway.json`, with `/` between folders; it never leads upwards. */
  readonly root: string;
  readonly include: readonly string[];
  readonly ignore: readonly string[];
  readonly useGitignore: boolean;
  readonly initializationScript: Choice<string>;
  readonly commandLineArguments: Choice<readonly CommandLineArgument[]>;
  /**
   * Id of one of the kind's strategies. Absent: the kind chooses the strategy when the place that is deployed
   * to has been read (`TargetReading.automatic`).
   */
  readonly strategy?: string;
  readonly protected: boolean;
  readonly onSave: OnSave;
  /** Label of a VS Code task. */
  readonly preDeploy?: string;
}

/** The values of the kind's own members, by the members' names in `slipway.json`. */
export function ownMembers({ kind, path }: Pick<Target, 'kind' | 'path'>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(kind.members.properties).map((name, at) => [name, path[at] ?? '']));
}
