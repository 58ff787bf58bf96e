/**
 * The data from which a snippet is made: the workload, the place of its code in S3, the pods' rights and the
 * images.
 */
import type { WorkloadKind } from '../../../model/workload';

export interface SnippetParameters {
  /** `arn:aws:eks:us-east-1:111122223333:cluster/trading`. */
  readonly clusterArn: string;
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly workload: string;
  /** The container that runs the code. */
  readonly container: string;
  /**
   * The command of `container`, word by word; start.sh documents where the initialization script is
   * inserted.
   */
  readonly program: readonly string[];
  /** Present for kdb, so that code finds FinSpace's paths defined. Absent for any other program. */
  readonly kdb?: KdbPaths;
  readonly bucket: string;
  /** Prefix of the keys, without a slash at its end; may be empty. */
  readonly prefix: string;
  /** Region of the bucket. */
  readonly region: string;
  readonly serviceAccount: string;
  /** How the pods get their rights for S3. */
  readonly rights: PodRights;
  readonly images: SnippetImages;
}

export interface KdbPaths {
  /** Name of the database that the code loads; empty where there is none. */
  readonly database: string;
  /** Folder of the databases. */
  readonly databasePath: string;
}

export const POD_RIGHTS = ['pod-identity', 'irsa'] as const;

/**
 * How pods get their rights: by EKS Pod Identity, or by a role for their service account, through the
 * cluster's OpenID Connect provider.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html#service-accounts-iam
 */
export type PodRights = (typeof POD_RIGHTS)[number];

export interface SnippetImages {
  /** An image with sh and the programs that fetch.sh uses, among them the AWS CLI and sha256sum. */
  readonly fetch: string;
  /** An image with sh and the programs that unpack.sh uses, among them unzip, awk and od. */
  readonly unzip: string;
}

/** Images in Amazon's public registry, which does not throttle EKS. Both are available for x86 and ARM. */
export const USUAL_IMAGES: SnippetImages = {
  fetch: 'public.ecr.aws/aws-cli/aws-cli:2.31.9',
  unzip: 'public.ecr.aws/docker/library/busybox:1.37',
};

/** FinSpace's folder of databases. */
export const USUAL_DATABASE_PATH = '/opt/kx/app/db';

/** FinSpace's folder of the code. */
export const CODE_FOLDER = '/opt/kx/app/code';
