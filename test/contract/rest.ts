/** Judges rest-json and rest-xml: each field in its place, and its value by its shape. */
import type { Exchange } from './exchange';
import { type Model, membersOf, type ShapeRef, shapeOf } from './model';
import type { Candidate } from './routes';
import { type Check, checkMembers, checkValue, type Finding, isObject } from './values';
import { type Element, elementValue, readXml, structureOf } from './xml';

/** Headers that belong to signing and to the SDKs, not to an operation. */
const PLUMBING =
  /^x-amz-(date|content-sha256|security-token|user-agent|target|decoded-content-length|trailer|sdk-.*|checksum-.*)$/;

export function judgeRequest(model: Model, exchange: Exchange, candidate: Candidate): readonly Finding[] {
  const findings: Finding[] = [];
  const text: Check = { model, encoding: 'text', timestamps: 'iso8601', findings };
  const { operation, labels, fixed } = candidate;
  const shapeName = operation.input?.shape;
  const members = membersOf(model, shapeName);
  const given = new Set<string>();

  for (const [name, ref] of members.filter(([, { location }]) => location === 'uri')) {
    const value = labels[ref.locationName ?? name];
    if (value === undefined) continue;
    given.add(name);
    checkValue(text, ref, value, name);
  }
  checkQuery(text, exchange, members, fixed, given, operation.name);
  checkHeaders(text, exchange, members, given);
  checkBody(model, exchange, shapeName, given, findings);
  for (const name of (shapeName && shapeOf(model, shapeName).required) || [])
    if (!given.has(name)) findings.push({ rule: 'required', where: name, detail: 'is missing' });
  return findings;
}

type Members = readonly (readonly [string, ShapeRef])[];

function checkQuery(
  check: Check,
  { query }: Exchange,
  members: Members,
  fixed: ReadonlyMap<string, string>,
  given: Set<string>,
  operationName: string,
): void {
  const parameters = new URLSearchParams(query);
  for (const name of new Set(parameters.keys())) {
    if (fixed.has(name)) continue;
    const member = members.find(
      ([own, { location, locationName = own }]) => location === 'querystring' && locationName === name,
    );
    const values = parameters.getAll(name);
    if (member) {
      given.add(member[0]);
      const isList = shapeOf(check.model, member[1].shape).type === 'list';
      checkValue(check, member[1], isList ? values : values.at(-1), member[0]);
    } else if (name !== 'x-id' || values[0] !== operationName)
      check.findings.push({ rule: 'location', where: name, detail: 'does not belong into the query' });
  }
}

function checkHeaders(
  check: Check,
  { requestHeaders }: Exchange,
  members: Members,
  given: Set<string>,
): void {
  const named = members.filter(([, { location }]) => location === 'header');
  const prefixed = members.filter(([, { location }]) => location === 'headers');
  for (const [header, value] of Object.entries(requestHeaders)) {
    const member = named.find(([own, { locationName = own }]) => locationName.toLowerCase() === header);
    const group = prefixed.find(([, { locationName = '' }]) => header.startsWith(locationName.toLowerCase()));
    if (member) {
      given.add(member[0]);
      const isList = shapeOf(check.model, member[1].shape).type === 'list';
      const headers: Check = { ...check, timestamps: 'rfc822' };
      checkValue(headers, member[1], isList ? value.split(/,\s*/) : value, member[0]);
    } else if (group) given.add(group[0]);
    else if (header.startsWith('x-amz-') && !PLUMBING.test(header))
      check.findings.push({ rule: 'location', where: header, detail: 'does not belong into the headers' });
  }
}

function checkBody(
  model: Model,
  { requestBody, requestHeaders }: Exchange,
  shapeName: string | undefined,
  given: Set<string>,
  findings: Finding[],
): void {
  if (requestBody.length === 0) return;
  const shape = shapeName === undefined ? undefined : shapeOf(model, shapeName);
  const payload = shape?.payload;
  const payloadRef = payload === undefined ? undefined : shape?.members?.[payload];
  if (payload !== undefined && payloadRef) {
    given.add(payload);
    if (shapeOf(model, payloadRef.shape).type !== 'structure') return;
  }
  if (model.metadata.protocol === 'rest-xml') {
    const root = parsed(() => readXml(requestBody.toString('utf8')), findings);
    const check: Check = { model, encoding: 'text', timestamps: 'iso8601', findings };
    if (root && payloadRef)
      checkValue(check, payloadRef, elementValue(model, payloadRef, root), payload ?? '');
    else findings.push({ rule: 'location', where: 'body', detail: 'the operation takes no body' });
    return;
  }
  if (!requestHeaders['content-type']?.startsWith('application/json'))
    findings.push({ rule: 'protocol', where: 'content-type', detail: 'is not application/json' });
  const body = parsed(() => JSON.parse(requestBody.toString('utf8')) as unknown, findings);
  if (!isObject(body)) return;
  const inBody = membersOf(model, shapeName).filter(([, { location }]) => location === undefined);
  for (const [name, value] of Object.entries(body)) {
    const member = inBody.find(([own, { locationName = own }]) => locationName === name);
    if (member) {
      given.add(member[0]);
      checkValue({ model, encoding: 'json', timestamps: 'unixTimestamp', findings }, member[1], value, name);
    } else if (shape?.members?.[name])
      findings.push({ rule: 'location', where: name, detail: 'does not belong into the body' });
    else findings.push({ rule: 'unknown-member', where: name, detail: 'the operation has no such member' });
  }
}

export function judgeOutput(model: Model, exchange: Exchange, { operation }: Candidate): readonly Finding[] {
  const findings: Finding[] = [];
  const expected = operation.http.responseCode ?? 200;
  if (exchange.status !== expected && !isUnwritten(exchange, operation.name))
    findings.push({ rule: 'status', where: 'status', detail: `${exchange.status} is not ${expected}` });
  const name = operation.output?.shape;
  if (name === undefined) return findings;
  const shape = shapeOf(model, name);
  const headers: Check = { model, encoding: 'text', timestamps: 'rfc822', findings };
  for (const [member, ref] of Object.entries(shape.members ?? {})) {
    const value = exchange.replyHeaders[(ref.locationName ?? member).toLowerCase()];
    if (ref.location === 'header' && value !== undefined) checkValue(headers, ref, value, member);
  }
  const inBody = Object.entries(shape.members ?? {}).filter(([, { location }]) => location === undefined);
  const payloadRef = shape.payload === undefined ? undefined : shape.members?.[shape.payload];
  if (payloadRef && shapeOf(model, payloadRef.shape).type !== 'structure') return findings;
  const bodyShape = { ...shape, members: Object.fromEntries(inBody) };
  if (model.metadata.protocol === 'rest-xml') {
    if (inBody.length === 0 || exchange.replyBody.length === 0) return findings;
    const root = parsed(() => readXml(exchange.replyBody.toString('utf8')), findings);
    const check: Check = { model, encoding: 'text', timestamps: 'iso8601', findings };
    if (root && payloadRef)
      checkValue(check, payloadRef, elementValue(model, payloadRef, root), shape.payload ?? '');
    else if (root) checkMembers(check, bodyShape, xmlBody(model, bodyShape, root, operation.name), '');
    return findings;
  }
  const body = parsed(() => JSON.parse(exchange.replyBody.toString('utf8')) as unknown, findings);
  if (body === undefined) return findings;
  const check: Check = { model, encoding: 'json', timestamps: 'unixTimestamp', findings };
  if (isObject(body)) checkMembers(check, bodyShape, body, '');
  else findings.push({ rule: 'type', where: 'body', detail: 'is no structure' });
  return findings;
}

/** Statuses of success that models do not say: of a ranged read, and of what the documentation of PutBucketPolicy shows. */
function isUnwritten({ status, requestHeaders }: Exchange, operationName: string): boolean {
  return (
    (status === 206 && requestHeaders['range'] !== undefined) ||
    (status === 204 && operationName === 'PutBucketPolicy')
  );
}

/** GetBucketLocation alone answers with a root element that is its only member, and is empty for us-east-1. */
function xmlBody(
  model: Model,
  shape: Parameters<typeof structureOf>[1],
  root: Element,
  operationName: string,
): Record<string, unknown> {
  if (operationName !== 'GetBucketLocation') return structureOf(model, shape, root.children);
  return root.text === '' ? {} : { LocationConstraint: root.text };
}

export function parsed<T>(parse: () => T, findings: Finding[]): T | undefined {
  try {
    return parse();
  } catch (error) {
    findings.push({ rule: 'protocol', where: 'body', detail: `cannot be read: ${String(error)}` });
    return undefined;
  }
}
