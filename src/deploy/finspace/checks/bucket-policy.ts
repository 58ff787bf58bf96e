/**
 * Checks whether a bucket's policy lets FinSpace read a cluster's code. The finding is `unknown` for a policy
 * whose effect cannot be determined.
 * @see https://docs.aws.amazon.com/finspace/latest/userguide/s3-cluster-code.html
 */
import type { Json } from '../../../model/json';
import { declareCheck } from '../../../plan/check';
import type { OptionalRead, ReadFailure } from '../../../plan/optional-read';
import { type Answer, denying, type PolicyRequest, permits } from '../../checks/policy-language';
import type { Owner } from '../../port/target-kind';
import { type ClusterNames, clusterArn, environmentArn } from '../place';
import { pass, unknown, warn } from './check';

export interface CodeReader extends Owner, ClusterNames {}

const OBJECT_ACTIONS = ['s3:GetObject', 's3:GetObjectTagging', 's3:GetObjectVersion'] as const;
const PRINCIPAL = 'finspace.amazonaws.com';

interface Refused {
  readonly actions: readonly string[];
}

/** Why the effect of a policy cannot be determined. */
export type UnjudgedPolicy =
  | ReadFailure
  | { readonly code: 'not-json' }
  /**
   * Whether these actions are permitted depends on conditions that Slipway cannot judge, for example on values
   * that only FinSpace's own request has.
   */
  | { readonly code: 'conditions'; readonly actions: readonly string[] };

const BUCKET_POLICY = declareCheck('bucket-policy', {
  'bucket-policy.lets-read': pass(),
  /** `statement`: the statements, as an array, that have to be added to the policy. */
  'bucket-policy.lacks': warn<Refused & { readonly statement: Json }>('add-bucket-policy'),
  /** `statements`: ids or positions of the statements that deny the reading. */
  'bucket-policy.denies': warn<Refused & { readonly statements: readonly string[] }>('add-bucket-policy'),
  'bucket-policy.unknown': unknown<{ readonly why: UnjudgedPolicy }>(),
});

/**
 * `policy`: the policy's text; undefined when the bucket has none. A policy that cannot be read is unknown, not
 * missing.
 */
export function bucketPolicyCheck(
  policy: OptionalRead<string | undefined>,
  object: { readonly bucket: string; readonly key: string },
  reader: CodeReader,
) {
  if (!policy.known) return BUCKET_POLICY.found('bucket-policy.unknown', { why: policy.why });
  const document = policy.value === undefined ? [] : statementsOf(policy.value);
  if (document === undefined)
    return BUCKET_POLICY.found('bucket-policy.unknown', { why: { code: 'not-json' } });
  const answers = requestsOf(object, reader).map((request) => ({
    request,
    answer: permits(document, request),
  }));
  const of = (wanted: Answer): readonly PolicyRequest[] =>
    answers.filter(({ answer }) => answer === wanted).map(({ request }) => request);
  const actions = (requests: readonly PolicyRequest[]): readonly string[] =>
    requests.map(({ action }) => action);

  const [denied, lacking, unclear] = [of('denied'), of('not-allowed'), of('unknown')];
  if (denied.length > 0) {
    const statements = [...new Set(denied.flatMap((request) => denying(document, request)))];
    return BUCKET_POLICY.found('bucket-policy.denies', { actions: actions(denied), statements });
  }
  if (lacking.length > 0) {
    const statement = policyFor(object.bucket, reader);
    return BUCKET_POLICY.found('bucket-policy.lacks', { actions: actions(lacking), statement });
  }
  if (unclear.length > 0) {
    const why = { code: 'conditions', actions: actions(unclear) } as const;
    return BUCKET_POLICY.found('bucket-policy.unknown', { why });
  }
  return BUCKET_POLICY.found('bucket-policy.lets-read');
}

/** The requests to S3 by which FinSpace reads a cluster's code. */
function requestsOf(
  { bucket, key }: { readonly bucket: string; readonly key: string },
  reader: CodeReader,
): readonly PolicyRequest[] {
  const bucketArn = `arn:aws:s3:::${bucket}`;
  const context = {
    'aws:sourceaccount': reader.accountId,
    'aws:sourcearn': clusterArn(reader, reader),
    'aws:principalisawsservice': 'true',
    'aws:principalservicename': PRINCIPAL,
    'aws:securetransport': 'true',
  };
  return [
    { action: 's3:ListBucket', resource: bucketArn, service: PRINCIPAL, context },
    ...OBJECT_ACTIONS.map((action) => ({
      action,
      resource: `${bucketArn}/${key}`,
      service: PRINCIPAL,
      context,
    })),
  ];
}

/**
 * The statements that let FinSpace read code for all clusters of the environment, ready to be added to a bucket's
 * policy.
 */
export function policyFor(bucket: string, reader: CodeReader): Json {
  const arn = `arn:aws:s3:::${bucket}`;
  const shared = {
    Effect: 'Allow',
    Principal: { Service: PRINCIPAL },
    Condition: {
      StringEquals: { 'aws:SourceAccount': reader.accountId },
      ArnLike: { 'aws:SourceArn': `${environmentArn(reader, reader.environmentId)}/*` },
    },
  };
  return [
    { ...shared, Action: [...OBJECT_ACTIONS], Resource: `${arn}/*` },
    { ...shared, Action: 's3:ListBucket', Resource: arn },
  ];
}

function statementsOf(policy: string): readonly object[] | undefined {
  try {
    const document: unknown = JSON.parse(policy);
    const statement: unknown =
      document instanceof Object && 'Statement' in document ? document.Statement : undefined;
    return (Array.isArray(statement) ? statement : [statement]).filter((one) => one instanceof Object);
  } catch {
    return undefined;
  }
}
