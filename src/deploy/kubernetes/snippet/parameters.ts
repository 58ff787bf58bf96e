/** What a snippet is made for. */
import type { WorkloadKind } from '../../../model/workload';

export interface SnippetParameters {
  /** `arn:aws:eks:us-east-1:111122223333:cluster/trading`. */
  readonly clusterArn: string;
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly workload: string;
  /** The container that runs the code. */
  readonly container: string;
  /** What that container starts, word by word; see start.sh for where the initialization script goes. */
  readonly program: readonly string[];
  /** Of kdb: paths of FinSpace are defined for its code. Absent for any other program. */
  readonly kdb?: KdbPaths;
  readonly bucket: string;
  /** Of the keys, without a slash at its end; empty for none. */
  readonly prefix: string;
  /** Of the bucket. */
  readonly region: string;
  readonly serviceAccount: string;
  /** How the pods get their rights for S3. */
  readonly rights: PodRights;
  readonly images: SnippetImages;
}

export interface KdbPaths {
  /** Name of the database that the code loads; empty where there is none. */
  readonly database: string;
  /** Folder in which databases are. */
  readonly databasePath: string;
}

export const POD_RIGHTS = ['pod-identity', 'irsa'] as const;

/**
 * EKS Pod Identity, or a role for the service account by the cluster's OpenID Connect provider.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html#service-accounts-iam
 */
export type PodRights = (typeof POD_RIGHTS)[number];

export interface SnippetImages {
  /** With the AWS CLI, sh and sha256sum. */
  readonly fetch: string;
  /** With unzip, awk, od and sh. */
  readonly unzip: string;
}

/** Of Amazon's public registry, which has no limits for EKS, and for x86 and ARM alike. */
export const USUAL_IMAGES: SnippetImages = {
  fetch: 'public.ecr.aws/aws-cli/aws-cli:2.31.9',
  unzip: 'public.ecr.aws/docker/library/busybox:1.37',
};

/** Where FinSpace had databases. */
export const USUAL_DATABASE_PATH = '/opt/kx/app/db';

/** Where FinSpace had the code. */
export const CODE_FOLDER = '/opt/kx/app/code';
