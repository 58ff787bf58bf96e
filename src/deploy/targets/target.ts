/** A named place to deploy to, as `slipway.json` describes it. */
import type { CommandLineArgument, DeploymentStrategy } from '../../model/kdb';
import type { Choice } from '../configuration';

export type TargetConnection =
  | { readonly kind: 'sandbox' }
  | {
      readonly kind: 'account';
      /** Twelve digits; credentials of another account are refused. */
      readonly accountId: string;
      readonly region: string;
      /** Absent: any connection of that account and region. */
      readonly profile?: string;
    };

export interface OnSave {
  readonly enabled: boolean;
  /** Files that the editor saved by itself count, too. */
  readonly autoSave: boolean;
  /** Files changed outside of the editor count, too. */
  readonly externalChanges: boolean;
  /** Milliseconds of quiet before a deployment begins. */
  readonly debounceMs: number;
  /** More files than this at once: pause and ask. */
  readonly burst: number;
}

export interface Target {
  readonly name: string;
  readonly kind: 'finspace';
  readonly connection: TargetConnection;
  readonly environment: string;
  readonly cluster: string;
  readonly bucket: string;
  /** Folder inside the bucket; may be empty. */
  readonly prefix: string;
  /** Relative to `slipway.json`, `/` between folders, never upwards. */
  readonly root: string;
  readonly include: readonly string[];
  readonly ignore: readonly string[];
  readonly useGitignore: boolean;
  readonly initializationScript: Choice<string>;
  readonly commandLineArguments: Choice<readonly CommandLineArgument[]>;
  /** Absent: NO_RESTART where that is possible, else ROLLING. */
  readonly strategy?: DeploymentStrategy;
  readonly protected: boolean;
  readonly onSave: OnSave;
  /** Label of a VS Code task. */
  readonly preDeploy?: string;
}
