/** The Kubernetes versions and AMI releases of the sandbox's AWS; no other file lists them. */
import { createHash } from 'node:crypto';

export interface KubernetesVersion {
  /** E.g. `1.33`. */
  readonly name: string;
  /** E.g. `1.33.5`. */
  readonly patch: string;
  /** Months between the version's release on EKS and today. */
  readonly ageMonths: number;
  /** The latest platform version, e.g. `eks.13`. */
  readonly platform: string;
  readonly isDefault?: true;
}

/**
 * The versions, newest first. The table holds ages instead of dates, so that the support states stay the same
 * over the years.
 */
export const KUBERNETES_VERSIONS: readonly KubernetesVersion[] = [
  { name: '1.35', patch: '1.35.1', ageMonths: 3, platform: 'eks.4' },
  { name: '1.34', patch: '1.34.4', ageMonths: 7, platform: 'eks.9', isDefault: true },
  { name: '1.33', patch: '1.33.7', ageMonths: 11, platform: 'eks.17' },
  { name: '1.32', patch: '1.32.9', ageMonths: 15, platform: 'eks.24' },
  { name: '1.31', patch: '1.31.13', ageMonths: 19, platform: 'eks.41' },
  { name: '1.30', patch: '1.30.14', ageMonths: 23, platform: 'eks.56' },
  { name: '1.29', patch: '1.29.15', ageMonths: 27, platform: 'eks.59' },
];

/** https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
const STANDARD_MONTHS = 14;
const EXTENDED_MONTHS = 12;

export interface SupportDates {
  /** Epoch milliseconds, like the two ends of support. */
  readonly release: number;
  readonly endOfStandard: number;
  readonly endOfExtended: number;
  readonly status: 'STANDARD_SUPPORT' | 'EXTENDED_SUPPORT' | 'UNSUPPORTED';
}

export function supportOf(version: KubernetesVersion, now: number): SupportDates {
  const { ageMonths } = version;
  const release = monthsLater(now, -ageMonths);
  const end = STANDARD_MONTHS + EXTENDED_MONTHS;
  return {
    release,
    endOfStandard: monthsLater(now, STANDARD_MONTHS - ageMonths),
    endOfExtended: monthsLater(now, end - ageMonths),
    status:
      ageMonths < STANDARD_MONTHS ? 'STANDARD_SUPPORT' : ageMonths < end ? 'EXTENDED_SUPPORT' : 'UNSUPPORTED',
  };
}

/** The beginning, in UTC, of the month that is `months` months after the month of `now`. */
function monthsLater(now: number, months: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}

export function versionNamed(name: string): KubernetesVersion | undefined {
  return KUBERNETES_VERSIONS.find((version) => version.name === name);
}

/** The minor number of a version, such as 33 of `1.33`; NaN if the text is no version of this form. */
export function minorOf(version: string): number {
  return Number(/^1\.(\d+)$/.exec(version)?.[1] ?? Number.NaN);
}

export function isCustom(amiType: string): boolean {
  return amiType === 'CUSTOM';
}

const AMI_DATES = ['20261103', '20260914', '20260722'] as const;
const BOTTLEROCKET = ['1.52.1-5c0f9a12', '1.51.0-3d7b2e81', '1.49.0-713f44ce'] as const;
/**
 * AWS ended the AL2 AMIs on 2025-11-26. Kubernetes 1.32 is the last version that has such AMIs.
 * https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html
 */
const AL2_DATES = ['20251120', '20251007', '20250821'] as const;
const AL2_LAST_MINOR = 32;

/** Release versions of an AMI type for a Kubernetes version, newest first; empty when there are none. */
export function releasesOf(amiType: string, version: string): readonly string[] {
  const known = versionNamed(version);
  if (!known || isCustom(amiType)) return [];
  if (amiType.startsWith('BOTTLEROCKET_')) return BOTTLEROCKET;
  if (amiType.startsWith('WINDOWS_')) return AMI_DATES.map((date) => `${version}-${windowsDate(date)}`);
  if (amiType.startsWith('AL2023_')) return AMI_DATES.map((date) => `${known.patch}-${date}`);
  return minorOf(version) > AL2_LAST_MINOR ? [] : AL2_DATES.map((date) => `${known.patch}-${date}`);
}

function windowsDate(date: string): string {
  return `${date.slice(0, 4)}.${date.slice(4, 6)}.${date.slice(6)}`;
}

/** The id of a release's AMI. For a custom AMI, `release` is already this id. */
export function imageIdOf(amiType: string, release: string): string {
  if (isCustom(amiType)) return release;
  return `ami-${createHash('sha256').update(`${amiType} ${release}`).digest('hex').slice(0, 17)}`;
}
