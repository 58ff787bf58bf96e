/**
 * Whether a bucket's policy lets FinSpace read a cluster's code. What cannot be judged from outside is `unknown`.
 * @see https://docs.aws.amazon.com/finspace/latest/userguide/s3-cluster-code.html
 */
import type { Json } from '../../model/json';
import { type Check, check } from './check';
import { type Answer, denying, type PolicyRequest, permits } from './policy-language';

export interface CodeReader {
  readonly accountId: string;
  readonly region: string;
  readonly environmentId: string;
  readonly clusterName: string;
}

const OBJECT_ACTIONS = ['s3:GetObject', 's3:GetObjectTagging', 's3:GetObjectVersion'] as const;
const PRINCIPAL = 'finspace.amazonaws.com';

/** `policy`: the policy's text; undefined when the bucket has none. */
export function bucketPolicyCheck(
  policy: string | undefined,
  object: { readonly bucket: string; readonly key: string },
  reader: CodeReader,
): Check {
  const bucketArn = `arn:aws:s3:::${object.bucket}`;
  const context = {
    'aws:sourceaccount': reader.accountId,
    'aws:sourcearn': `${environmentArn(reader)}/kxCluster/${reader.clusterName}`,
    'aws:principalisawsservice': 'true',
    'aws:principalservicename': PRINCIPAL,
    'aws:securetransport': 'true',
  };
  const needed: readonly PolicyRequest[] = [
    { action: 's3:ListBucket', resource: bucketArn, service: PRINCIPAL, context },
    ...OBJECT_ACTIONS.map((action) => ({
      action,
      resource: `${bucketArn}/${object.key}`,
      service: PRINCIPAL,
      context,
    })),
  ];
  const document = policy === undefined ? [] : statementsOf(policy);
  if (document === undefined) return check('bucket-policy', 'unknown', { why: 'not-json' });
  const answers = needed.map((request) => ({ ...request, answer: permits(document, request) }));
  const of = (wanted: Answer) => answers.filter(({ answer }) => answer === wanted);
  const actions = (requests: readonly PolicyRequest[]) => requests.map(({ action }) => action);

  const statement = policyFor(object.bucket, reader);
  const [denied, lacking, unclear] = [of('denied'), of('not-allowed'), of('unknown')];
  if (denied.length > 0) {
    const statements = [...new Set(denied.flatMap((request) => denying(document, request)))];
    return check('bucket-policy', 'denies', { actions: actions(denied), statements });
  }
  if (lacking.length > 0) return check('bucket-policy', 'lacks', { actions: actions(lacking), statement });
  if (unclear.length > 0) {
    return check('bucket-policy', 'unknown', { why: 'conditions', actions: actions(unclear), statement });
  }
  return check('bucket-policy', 'lets-read');
}

/** The statements that let FinSpace read code for all clusters of the environment, to be added to a bucket's policy. */
export function policyFor(bucket: string, reader: CodeReader): Json {
  const arn = `arn:aws:s3:::${bucket}`;
  const shared = {
    Effect: 'Allow',
    Principal: { Service: PRINCIPAL },
    Condition: {
      StringEquals: { 'aws:SourceAccount': reader.accountId },
      ArnLike: { 'aws:SourceArn': `${environmentArn(reader)}/*` },
    },
  };
  return [
    { ...shared, Action: [...OBJECT_ACTIONS], Resource: `${arn}/*` },
    { ...shared, Action: 's3:ListBucket', Resource: arn },
  ];
}

function environmentArn({ region, accountId, environmentId }: CodeReader): string {
  return `arn:aws:finspace:${region}:${accountId}:kxEnvironment/${environmentId}`;
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
