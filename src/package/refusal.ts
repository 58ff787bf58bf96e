/** The reasons why packing and reading zips are refused, each with the facts that explain it. */
import { refusalsOf } from '../model/failure';
import type { Facts } from '../model/json';

/** `code`: the system's error code, such as `ENOENT`. */
interface AtPath {
  readonly path: string;
  readonly code?: string;
}

interface AtRule extends AtPath {
  /** Counted from 1. */
  readonly line: number;
  readonly rule: string;
  readonly limit: number;
}

export interface PackageRefusals {
  'cache-unwritable': Required<AtPath>;
  'file-changing': AtPath;
  'file-unreadable': AtPath;
  /** The folder's digest is no longer the one in the plan (`expected`). */
  'folder-changed': { readonly expected: string; readonly digest: string };
  'folder-missing': AtPath;
  'folder-unreadable': Required<AtPath>;
  /**
   * Some systems treat the two paths as equal: their letters are the same, but in one path they are composed
   * Unicode characters, in the other decomposed ones.
   */
  'name-clash': AtPath & { readonly other: string };
  'path-backslash': AtPath;
  'path-drive': AtPath;
  'path-not-unicode': AtPath;
  'path-too-long': AtPath;
  /**
   * The root, or a folder on the way to it, is a link on a virtual file system, which does not tell where
   * links lead.
   */
  'root-is-link': AtPath;
  /** `folder`: the folder that contains slipway.json. */
  'root-leaves-folder': AtPath & { readonly target: string; readonly folder: string };
  'rule-too-long': AtRule;
  'rules-alike': AtPath & { readonly rule: string; readonly limit: number };
  'rules-leave-folder': AtPath & { readonly folder: string };
  'rules-not-text': AtPath & { readonly line?: number };
  /** `limit`: in bytes. */
  'rules-too-large': AtPath & { readonly limit: number };
  'rules-too-many': AtRule;
  /** The bytes are not those of an intact zip; `what` names the damaged part. */
  'zip-damaged': Facts & { readonly what: 'end' | 'directory' | 'entry' | 'content' };
  /** A zip of a kind that Slipway does not read. */
  'zip-unsupported': Facts & {
    readonly what: 'several-disks' | 'huge-directory' | 'encrypted' | 'method' | 'large-entry';
  };
}

export const refuse = refusalsOf<PackageRefusals>();

/** `zip-damaged`: the bytes are not those of an intact zip. `what` names the damaged part. */
export function damaged(what: 'end' | 'directory' | 'entry' | 'content', facts: Facts = {}): Error {
  return refuse('zip-damaged', { what, ...facts });
}

/** `zip-unsupported`: a zip of a kind that Slipway does not read. */
export function unsupported(
  what: 'several-disks' | 'huge-directory' | 'encrypted' | 'method' | 'large-entry',
  facts: Facts = {},
): Error {
  return refuse('zip-unsupported', { what, ...facts });
}

/** The code of a system call's error, for the facts of a refusal: `ENOENT`, `EACCES`, … Rethrows any other error. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
