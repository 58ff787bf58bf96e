/** Refusals of Slipway's that no room of the domain makes: of lists, of AWS's files, of endpoints, of the sandbox. */
import type { NoFacts } from './coded';
import { refusalsOf } from './failure';

/** What is wrong with a file of AWS's as a whole. */
export type FileProblem =
  | 'unreadable'
  | 'not-utf-8'
  | 'byte-order-mark'
  | 'no-section'
  | 'no-setting'
  | 'no-setting-in-block'
  | 'section-twice'
  | 'key-twice';

/** Why a setting is not acted on. The AWS CLI and the SDKs read it as different things, or not at all. */
export type SettingProblem =
  /** White space and a `#` or `;` in a value: a part of it for the CLI, a comment for the SDKs. */
  | 'comment-behind'
  /** Indented lines go on with the value for the CLI, and are settings of their own for the SDKs. */
  | 'goes-on'
  /** The CLI hands what stands in `[DEFAULT]` to each profile; the SDKs do not. */
  | 'of-all-profiles'
  | 'block'
  | 'no-block'
  | 'empty'
  | 'missing'
  | 'no-such-section'
  /** Two sections of one file with one name: the CLI takes the last, the SDKs both together. */
  | 'twice'
  | 'role-circle'
  | 'two-sources'
  | 'not-the-same'
  | 'unknown-source'
  | 'name-not-read';

export interface OuterRefusals {
  /** So many pages were read, and what was read is not the whole list. */
  'list-endless': { readonly why: 'repeated' | 'too-many'; readonly pages: number };
  'endpoint-invalid': { readonly service: string; readonly endpoint: string };
  /** The setting of where a cluster is asked. `cluster`: its ARN. */
  'cluster-endpoint-invalid': { readonly cluster: string; readonly endpoint: string };
  'sso-endpoints-differ': { readonly profile: string };
  /** `line`: from 1; absent where the file cannot be read at all. `about`: section, key or error code. */
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
  /** `said`: its last words. */
  'sandbox-not-started': {
    readonly said?: string | undefined;
    readonly code?: number | string | null;
    readonly waitedMs?: number;
  };
}

export const refuse = refusalsOf<OuterRefusals>();
