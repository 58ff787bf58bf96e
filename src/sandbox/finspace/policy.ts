/** Whether a bucket's policy lets FinSpace read code for a cluster. */
import { isRecord } from '../shapes';

export interface Reader {
  readonly accountId: string;
  /** ARN of the cluster for which FinSpace reads. */
  readonly sourceArn: string;
}

const PRINCIPAL = 'finspace.amazonaws.com';

/**
 * The first action that FinSpace needs and the policy does not allow; undefined if the policy allows all.
 * Understands Allow and Deny, wildcards, and the conditions StringEquals, StringLike, ArnEquals and ArnLike
 * on aws:SourceAccount and aws:SourceArn. Any other condition counts as not met in an Allow, and as met in a
 * Deny.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function lackingAction(
  policy: string | undefined,
  object: { readonly bucket: string; readonly key: string; readonly versionId?: string | undefined },
  reader: Reader,
): string | undefined {
  const bucketArn = `arn:aws:s3:::${object.bucket}`;
  const objectArn = `${bucketArn}/${object.key}`;
  const needed = [
    ['s3:ListBucket', bucketArn],
    ['s3:GetObject', objectArn],
    ['s3:GetObjectTagging', objectArn],
    ...(object.versionId === undefined ? [] : [['s3:GetObjectVersion', objectArn]]),
  ] as const;
  const statements = statementsOf(policy).filter((statement) => isForFinspace(statement));
  return needed.find(([action, resource]) => {
    const about = statements.filter(
      (statement) =>
        asList(statement['Action']).some((one) => like(one, action, 'i')) &&
        asList(statement['Resource']).some((one) => like(one, resource)),
    );
    const denied = about.some((one) => one['Effect'] === 'Deny' && conditionMet(one, reader, true));
    return denied || !about.some((one) => one['Effect'] === 'Allow' && conditionMet(one, reader, false));
  })?.[0];
}

function statementsOf(policy: string | undefined): readonly Readonly<Record<string, unknown>>[] {
  if (policy === undefined) return [];
  const parsed: unknown = JSON.parse(policy);
  const statement = isRecord(parsed) ? parsed['Statement'] : undefined;
  return (Array.isArray(statement) ? statement : [statement]).filter(isRecord);
}

function isForFinspace({ Principal: principal }: Readonly<Record<string, unknown>>): boolean {
  return principal === '*' || (isRecord(principal) && asList(principal['Service']).includes(PRINCIPAL));
}

function conditionMet(
  statement: Readonly<Record<string, unknown>>,
  reader: Reader,
  whenUnknown: boolean,
): boolean {
  const conditions = statement['Condition'];
  if (!isRecord(conditions)) return true;
  const known: ReadonlyMap<string, string> = new Map([
    ['aws:sourceaccount', reader.accountId],
    ['aws:sourcearn', reader.sourceArn],
  ]);
  return Object.entries(conditions).every(([operator, tests]) => {
    const exact = operator === 'StringEquals';
    if (!isRecord(tests) || !(exact || /^(StringLike|ArnEquals|ArnLike)$/.test(operator))) return whenUnknown;
    return Object.entries(tests).every(([name, wanted]) => {
      const value = known.get(name.toLowerCase());
      if (value === undefined) return whenUnknown;
      return asList(wanted).some((one) => (exact ? one === value : like(one, value)));
    });
  });
}

function asList(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}

/** Matches AWS's wildcards: `*` for any number of characters, `?` for one character. */
function like(pattern: string, value: string, flags = ''): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, `s${flags}`).test(value);
}
