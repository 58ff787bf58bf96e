/**
 * The refusals that belong to no single part of Slipway (`deploy`, `nodegroup`, …): about lists, AWS's files,
 * endpoints and the sandbox.
 */
import type { NoFacts } from './coded';
import { refusalsOf } from './failure';

/** Why Slipway cannot use a shared AWS file (`config` or `credentials`). */
export type FileProblem =
  | 'unreadable'
  | 'not-utf-8'
  | 'byte-order-mark'
  | 'no-section'
  | 'no-setting'
  | 'no-setting-in-block'
  | 'section-twice'
  | 'key-twice';

/**
 * Why a profile is refused: a setting or section is missing or wrong, or the AWS CLI and the SDKs read it
 * differently.
 */
export type SettingProblem =
  /**
   * A `#` or `;` at the beginning of a value, or after white space in a value: for the CLI it is a part of the
   * value, for the SDKs it begins a comment.
   */
  | 'comment-behind'
  /** Indented lines: for the CLI they continue the value, and for the SDKs they are separate settings. */
  | 'goes-on'
  /** The CLI applies the settings of `[DEFAULT]` to each profile; the SDKs do not. */
  | 'of-all-profiles'
  | 'block'
  | 'no-block'
  | 'empty'
  | 'missing'
  | 'no-such-section'
  /**
   * Two sections of one file with the same name in different spellings, such as `[default]` and
   * `[profile default]`: the CLI uses the last, the SDKs merge both.
   */
  | 'twice'
  | 'role-circle'
  | 'two-sources'
  | 'not-the-same'
  | 'unknown-source'
  | 'name-not-read';

export interface OuterRefusals {
  /**
   * After `pages` pages, the list led back to an earlier page (`repeated`), or still had not ended
   * (`too-many`).
   */
  'list-endless': { readonly why: 'repeated' | 'too-many'; readonly pages: number };
  'endpoint-invalid': { readonly service: string; readonly endpoint: string };
  /** The address that is set for a cluster's API is not valid. `cluster`: the cluster's ARN. */
  'cluster-endpoint-invalid': { readonly cluster: string; readonly endpoint: string };
  'sso-endpoints-differ': { readonly profile: string };
  /**
   * `line`: counted from 1; absent if the system cannot read the file. `about`: section, key or error code.
   */
  'profile-file-unreadable': {
    readonly file: string;
    readonly line?: number;
    readonly problem: FileProblem;
    readonly about?: string;
  };
  'profile-unusable': {
    readonly file: string;
    readonly line: number;
    readonly key: string;
    readonly problem: SettingProblem;
    readonly about: string;
  };
  'sandbox-not-running': NoFacts;
  /** `said`: the end of the log that the sandbox wrote. */
  'sandbox-not-started': {
    readonly said?: string | undefined;
    readonly code?: number | string | null;
    readonly waitedMs?: number;
  };
}

export const refuse = refusalsOf<OuterRefusals>();
