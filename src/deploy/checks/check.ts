/** What is looked at before a deployment, what can be found, and what each finding means. */
import type { Facts } from '../../model/json';

/** `confirm`: nothing is sent until the user has agreed to it. `block`: nobody can agree to it. */
export type Verdict = 'pass' | 'warn' | 'confirm' | 'block';

/** What helps against a finding. */
export type Remedy =
  | 'accept-drift'
  | 'add-bucket-policy'
  | 'add-files'
  | 'block-public-access'
  | 'change-name'
  | 'choose-bucket'
  | 'choose-folder'
  | 'choose-script'
  | 'choose-zip'
  | 'commit'
  | 'edit-arguments'
  | 'enable-versioning'
  | 'keep-arguments'
  | 'leave-out'
  | 'read-about-the-end'
  | 'switch-account'
  | 'use-rolling'
  | 'wait';

interface Meaning {
  readonly verdict: Verdict;
  readonly remedy?: Remedy;
}

const pass: Meaning = { verdict: 'pass' };
const warn = (remedy?: Remedy): Meaning => ({ verdict: 'warn', ...(remedy && { remedy }) });
const confirm = (remedy: Remedy): Meaning => ({ verdict: 'confirm', remedy });
const block = (remedy: Remedy): Meaning => ({ verdict: 'block', remedy });

/**
 * Every finding of every check. `unknown` says that AWS did not let the check be made (`facts.failure`); that is never
 * taken for a pass.
 */
const MEANINGS = {
  /** Amazon FinSpace ends after 2026-10-07. */
  'service-end': {
    'not-concerned': pass,
    ends: warn('read-about-the-end'),
    ended: warn('read-about-the-end'),
  },
  account: { pinned: pass, 'not-pinned': pass, other: block('switch-account') },
  environment: { ready: pass, 'not-ready': block('wait'), unknown: warn() },
  cluster: { ready: pass, 'not-ready': block('wait') },
  /** A cluster without code has nothing that could be rolled back to. */
  'first-code': { 'has-code': pass, 'no-code': warn() },
  /** The cluster's configuration beside what Slipway left there the last time. */
  drift: { 'as-left': pass, 'never-deployed': pass, changed: confirm('accept-drift'), accepted: warn() },
  strategy: { fits: pass, 'not-for-type': block('use-rolling'), force: warn() },
  /** NO_RESTART keeps script and arguments, whatever was chosen. */
  'no-restart': { 'nothing-lost': pass, 'would-keep': block('use-rolling') },
  names: { valid: pass, refused: block('change-name') },
  script: {
    none: pass,
    'in-zip': pass,
    'not-in-zip': block('choose-script'),
    /** NO_RESTART: the script is needed at the next restart only. */
    'kept-not-in-zip': warn('choose-script'),
    refused: block('choose-script'),
    unknown: warn(),
  },
  arguments: { valid: pass, many: warn('edit-arguments'), refused: block('edit-arguments') },
  /** What the cluster has now and would lose. */
  dropped: { nothing: pass, some: warn('keep-arguments') },
  'bucket-region': {
    same: pass,
    other: block('choose-bucket'),
    'no-such-bucket': block('choose-bucket'),
    unknown: warn(),
  },
  versioning: {
    enabled: pass,
    suspended: warn('enable-versioning'),
    off: warn('enable-versioning'),
    unknown: warn(),
  },
  'bucket-policy': {
    'lets-read': pass,
    lacks: warn('add-bucket-policy'),
    denies: warn('add-bucket-policy'),
    unknown: warn(),
  },
  'public-access': { blocked: pass, open: warn('block-public-access'), unknown: warn() },
  /** The zip that is to be deployed as it is. */
  zip: {
    readable: pass,
    missing: block('choose-zip'),
    'not-a-zip': block('choose-zip'),
    unknown: warn(),
  },
  content: { files: pass, empty: block('choose-folder') },
  size: { usual: pass, large: warn('leave-out') },
  secrets: { none: pass, found: warn('leave-out') },
  /** `\l` and `system "l …"` in q sources beside the files of the zip. */
  loads: { resolved: pass, missing: warn('add-files') },
  git: { clean: pass, uncommitted: warn('commit'), unknown: pass },
  /** Whether the deployment changes anything; a restart with the same code is legal. */
  change: { some: pass, none: warn() },
  /** What lies under the name that the zip will get. */
  'stored-zip': { absent: pass, same: pass, different: warn(), unknown: warn() },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Meaning>>>>;

type Meanings = typeof MEANINGS;
export type CheckId = keyof Meanings;
export type Finding<Id extends CheckId> = keyof Meanings[Id] & string;

/** `check.finding`, for every one that there is: the key of a table of words. */
export type CheckCode = { readonly [Id in CheckId]: `${Id}.${Finding<Id>}` }[CheckId];

export type Check = {
  readonly [Id in CheckId]: {
    readonly id: Id;
    readonly finding: Finding<Id>;
    readonly verdict: Verdict;
    readonly facts: Facts;
    readonly remedy?: Remedy;
  };
}[CheckId];

/** The finding with the verdict and the remedy that the table gives it. */
export function check<Id extends CheckId>(id: Id, finding: Finding<Id>, facts: Facts = {}): Check {
  const meanings: Readonly<Record<string, Meaning>> = MEANINGS[id];
  // The type ties finding to id; the table has a meaning for each pair.
  return { id, finding, facts, ...meanings[finding] } as Check;
}

/** The key of a finding in tables of words. */
export function codeOf({ id, finding }: Check): CheckCode {
  return `${id}.${finding}` as CheckCode;
}

/** Every code, for tables and tests. */
export const checkCodes: readonly CheckCode[] = Object.entries(MEANINGS).flatMap(([id, findings]) =>
  Object.keys(findings).map((finding) => `${id}.${finding}` as CheckCode),
);

const BY_WEIGHT = ['block', 'confirm', 'warn'] as const;

/** The worst verdict among checks; `pass` for none. */
export function worst(checks: readonly Check[]): Verdict {
  return BY_WEIGHT.find((verdict) => checks.some((check) => check.verdict === verdict)) ?? 'pass';
}

/** Whether nothing may be sent while the check stands as it does. */
export function stops({ verdict }: Check): boolean {
  return verdict === 'block' || verdict === 'confirm';
}
