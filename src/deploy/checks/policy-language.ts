/**
 * Judges whether the statements of a resource policy permit a service's request, as far as that can be determined.
 * Covers only the part of AWS's policy language that resource policies about one service use.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */

export interface PolicyRequest {
  readonly action: string;
  readonly resource: string;
  /** The service principal that makes the request. */
  readonly service: string;
  /** The known context of the request, by condition key in lower case. Other keys are unknown, not absent. */
  readonly context: Readonly<Record<string, string>>;
}

export type Answer = 'allowed' | 'not-allowed' | 'denied' | 'unknown';

type Truth = 'yes' | 'no' | 'unknown';

/**
 * Whether the statements permit the request. A denial that applies wins. Otherwise the request is not allowed
 * if certainly no statement allows it, and the answer is unknown if a denial, or the only permission, may or
 * may not apply.
 */
export function permits(statements: readonly object[], request: PolicyRequest): Answer {
  const applying = (effect: string): Truth =>
    some(statements.filter((one) => member(one, 'Effect') === effect).map((one) => applies(one, request)));
  const [denied, allowed] = [applying('Deny'), applying('Allow')];
  if (denied === 'yes') return 'denied';
  if (allowed === 'no') return 'not-allowed';
  return denied === 'unknown' || allowed === 'unknown' ? 'unknown' : 'allowed';
}

/** Ids of the statements that deny the request; for a statement without an id, its position, counted from 1. */
export function denying(statements: readonly object[], request: PolicyRequest): readonly string[] {
  return statements.flatMap((one, index) => {
    const sid = member(one, 'Sid');
    const denies = member(one, 'Effect') === 'Deny' && applies(one, request) === 'yes';
    return denies ? [typeof sid === 'string' ? sid : `${index + 1}`] : [];
  });
}

function applies(statement: object, request: PolicyRequest): Truth {
  return all([
    principalIs(statement, request.service),
    named(statement, 'Action', (pattern) => like(pattern.toLowerCase(), request.action.toLowerCase())),
    named(statement, 'Resource', (pattern) => like(pattern, request.resource)),
    conditionsMet(member(statement, 'Condition'), request.context),
  ]);
}

function principalIs(statement: object, service: string): Truth {
  const named = member(statement, 'Principal');
  if (named !== undefined) return truth(principalNames(named, service));
  const others = member(statement, 'NotPrincipal');
  return others === undefined ? 'no' : truth(!principalNames(others, service));
}

function principalNames(principal: unknown, service: string): boolean {
  if (principal === '*') return true;
  if (!(principal instanceof Object)) return false;
  return (
    texts(member(principal, 'AWS')).includes('*') ||
    texts(member(principal, 'Service')).some((one) => one === '*' || one === service)
  );
}

/** Judges the statement's `Action` or `Resource`. If it has none, judges its `NotAction` or `NotResource`. */
function named(statement: object, element: string, matches: (pattern: string) => boolean): Truth {
  const listed = member(statement, element);
  if (listed !== undefined) return truth(texts(listed).some(matches));
  const excluded = member(statement, `Not${element}`);
  return excluded === undefined ? 'no' : truth(!texts(excluded).some(matches));
}

function conditionsMet(conditions: unknown, context: PolicyRequest['context']): Truth {
  if (conditions === undefined) return 'yes';
  if (!(conditions instanceof Object)) return 'unknown';
  return all(
    Object.entries(conditions).flatMap(([operator, tests]) =>
      tests instanceof Object
        ? Object.entries(tests).map(([key, wanted]) =>
            conditionMet(operator, context[key.toLowerCase()], texts(wanted)),
          )
        : ['unknown' as const],
    ),
  );
}

/**
 * `yes` if the request's value matches any listed value; for a negated operator, if it matches none.
 * `unknown` if the request's value or the operator is not known.
 */
function conditionMet(operator: string, found: string | undefined, wanted: readonly string[]): Truth {
  const [, kind, negated, ignoringCase] =
    /^(String|Arn|Bool)(Not)?(?:Equals|Like)?(IgnoreCase)?(?:IfExists)?$/.exec(operator) ?? [];
  if (kind === undefined || found === undefined) return 'unknown';
  const exact = kind === 'Bool' || /^String(Not)?Equals/.test(operator);
  const cased = (text: string): string =>
    kind === 'Bool' || ignoringCase !== undefined ? text.toLowerCase() : text;
  const matches = kind === 'Arn' ? arnLike : like;
  const met = wanted.some((one) => (exact ? cased(one) === cased(found) : matches(cased(one), cased(found))));
  return truth(negated === undefined ? met : !met);
}

/**
 * Returns true if the value matches the pattern. AWS's wildcards: `*` stands for any characters, `?` for one.
 */
function like(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(value);
}

const ARN_PARTS = 6;

/**
 * Each of an ARN's six parts is compared separately, so that a wildcard does not match across a colon; only the last
 * part may contain colons. ArnEquals compares in the same way as ArnLike.
 * @see
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
function arnLike(pattern: string, value: string): boolean {
  const [patterns, values] = [arnParts(pattern), arnParts(value)];
  return (
    patterns.length === ARN_PARTS &&
    values.length === ARN_PARTS &&
    patterns.every((part, index) => like(part, values[index] ?? ''))
  );
}

function arnParts(arn: string): readonly string[] {
  const parts = arn.split(':');
  const own = parts.slice(0, ARN_PARTS - 1);
  return parts.length < ARN_PARTS ? parts : [...own, parts.slice(ARN_PARTS - 1).join(':')];
}

function member(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** The values as texts: policies write booleans and account ids with and without quotes. */
function texts(value: unknown): readonly string[] {
  return [value]
    .flat()
    .filter((one) => one !== undefined && one !== null)
    .map(String);
}

function truth(value: boolean): Truth {
  return value ? 'yes' : 'no';
}

function all(truths: readonly Truth[]): Truth {
  return truths.includes('no') ? 'no' : truths.includes('unknown') ? 'unknown' : 'yes';
}

function some(truths: readonly Truth[]): Truth {
  return truths.includes('yes') ? 'yes' : truths.includes('unknown') ? 'unknown' : 'no';
}
