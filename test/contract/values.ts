/** Checks a value against a shape of a model: type, enum, pattern, length, range, timestamp, required, unknown members. */
import { type Model, type Shape, type ShapeRef, shapeOf, type TimestampFormat } from './model';

type Rule =
  | 'operation'
  | 'protocol'
  | 'location'
  | 'unknown-member'
  | 'required'
  | 'type'
  | 'enum'
  | 'pattern'
  | 'length'
  | 'range'
  | 'timestamp'
  | 'status'
  | 'error-code'
  | 'error-status';

/** One broken rule of the model. */
export interface Finding {
  readonly rule: Rule;
  readonly where: string;
  readonly detail: string;
}

export interface Check {
  readonly model: Model;
  /** JSON keeps types apart; in text (paths, queries, headers, forms, XML) every scalar is a string. */
  readonly encoding: 'json' | 'text';
  readonly timestamps: TimestampFormat;
  readonly findings: Finding[];
}

export function checkValue(check: Check, ref: ShapeRef, value: unknown, where: string): void {
  const shape = shapeOf(check.model, ref.shape);
  const found = (rule: Rule, detail: string): void => {
    check.findings.push({ rule, where, detail });
  };
  switch (shape.type) {
    case 'structure':
      if (!isObject(value)) found('type', `${show(value)} is no structure`);
      else checkMembers(check, shape, value, where);
      break;
    case 'list':
      if (!Array.isArray(value)) found('type', `${show(value)} is no list`);
      else {
        size(shape, value.length, found);
        for (const [index, one] of value.entries())
          if (shape.member) checkValue(check, shape.member, one, `${where}[${index}]`);
      }
      break;
    case 'map':
      if (!isObject(value)) found('type', `${show(value)} is no map`);
      else checkMap(check, shape, value, where, found);
      break;
    case 'string':
      if (typeof value !== 'string') found('type', `${show(value)} is no string`);
      else checkString(shape, value, found);
      break;
    case 'integer':
    case 'long':
    case 'double':
    case 'float':
      checkNumber(check, shape, value, found);
      break;
    case 'boolean':
      if (check.encoding === 'json' ? typeof value !== 'boolean' : value !== 'true' && value !== 'false')
        found('type', `${show(value)} is no boolean`);
      break;
    case 'timestamp':
      checkTimestamp(check, ref.timestampFormat ?? shape.timestampFormat ?? check.timestamps, value, found);
      break;
    case 'blob':
      if (typeof value !== 'string') found('type', `${show(value)} is no blob`);
      break;
  }
}

/** Members that are null or undefined count as absent. */
export function checkMembers(
  check: Check,
  shape: Shape,
  value: Readonly<Record<string, unknown>>,
  where: string,
): void {
  const at = (name: string): string => (where ? `${where}.${name}` : name);
  for (const [name, one] of Object.entries(value)) {
    if (one === null || one === undefined) continue;
    const ref = shape.members?.[name];
    if (ref) checkValue(check, ref, one, at(name));
    else
      check.findings.push({
        rule: 'unknown-member',
        where: at(name),
        detail: 'the shape has no such member',
      });
  }
  for (const name of shape.required ?? [])
    if (value[name] === undefined || value[name] === null)
      check.findings.push({ rule: 'required', where: at(name), detail: 'is missing' });
}

type Found = (rule: Rule, detail: string) => void;

function checkMap(
  check: Check,
  shape: Shape,
  value: Readonly<Record<string, unknown>>,
  where: string,
  found: Found,
): void {
  size(shape, Object.keys(value).length, found);
  for (const [key, one] of Object.entries(value)) {
    if (shape.key) checkValue(check, shape.key, key, `${where}.(key ${key})`);
    if (shape.value) checkValue(check, shape.value, one, `${where}.${key}`);
  }
}

function checkString(shape: Shape, value: string, found: Found): void {
  if (shape.enum && !shape.enum.includes(value)) found('enum', `${show(value)} is not in the enum`);
  size(shape, value.length, found);
  if (shape.pattern !== undefined && !patternOf(shape.pattern).test(value))
    found('pattern', `${show(value)} does not match ${shape.pattern}`);
}

/**
 * Patterns that begin with `^` are meant for the whole string, though some lack the closing anchor
 * and would let `secret;rm` pass as the key of an argument; one without any anchor may match anywhere.
 */
export function patternOf(pattern: string): RegExp {
  const plain = pattern.replace(/^\(\?i\)/, '');
  const flags = `${plain === pattern ? '' : 'i'}${/\\p\{/.test(plain) ? 'u' : ''}`;
  return new RegExp(plain.startsWith('^') ? `^(?:${plain})$` : plain, flags);
}

function checkNumber(check: Check, shape: Shape, value: unknown, found: Found): void {
  const isText = check.encoding === 'text';
  const number = isText && typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const whole = shape.type === 'integer' || shape.type === 'long';
  if (typeof number !== 'number' || !Number.isFinite(number) || (whole && !Number.isInteger(number))) {
    found('type', `${show(value)} is no ${shape.type}`);
    return;
  }
  if (shape.min !== undefined && number < shape.min) found('range', `${number} is less than ${shape.min}`);
  if (shape.max !== undefined && number > shape.max) found('range', `${number} is more than ${shape.max}`);
}

/** Seconds since 1970 reach this in the year 5138: a greater number is in milliseconds. */
const MOST_SECONDS = 1e11;

function checkTimestamp(check: Check, format: TimestampFormat, value: unknown, found: Found): void {
  if (format === 'unixTimestamp') {
    const seconds = check.encoding === 'text' ? Number(value) : value;
    if (typeof seconds !== 'number' || !Number.isFinite(seconds) || Math.abs(seconds) > MOST_SECONDS)
      found('timestamp', `${show(value)} is not in seconds since 1970`);
    return;
  }
  const pattern =
    format === 'iso8601'
      ? /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
      : /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;
  if (typeof value !== 'string' || !pattern.test(value) || Number.isNaN(Date.parse(value)))
    found('timestamp', `${show(value)} is not an ${format} time`);
}

function size(shape: Shape, length: number, found: Found): void {
  if (shape.min !== undefined && length < shape.min) found('length', `${length} is less than ${shape.min}`);
  if (shape.max !== undefined && length > shape.max) found('length', `${length} is more than ${shape.max}`);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 120);
}
