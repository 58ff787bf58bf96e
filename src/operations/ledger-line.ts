/** One line of a ledger file: an event as JSON, with the version of the line's format. */
import { parseJson } from '../model/parse-json';
import { BATCH, isBatchPlan } from './batch-plan';
import type { Outcome, RecordedEvent } from './operation';

const VERSION = 1;

export type ParsedLine =
  | { readonly event: RecordedEvent }
  | { readonly problem: 'damaged' }
  | { readonly problem: 'unknown-version'; readonly version: string };

/** The event as a line, with its line break. Undefined members are left out. */
export function formatLine(event: RecordedEvent): string {
  return `${JSON.stringify({ v: VERSION, ...event })}\n`;
}

/**
 * Parses a line that is given without its line break. Events of unknown types are returned, too: `fold`
 * ignores them and returns them as `unknown-type`.
 */
export function parseLine(line: string): ParsedLine {
  const data = parseJson(line);
  if (!isRecord(data)) return { problem: 'damaged' };
  const { v, ...event } = data;
  if (v !== VERSION) return { problem: 'unknown-version', version: JSON.stringify(v) ?? 'none' };
  return isEvent(event) ? { event } : { problem: 'damaged' };
}

type Data = Readonly<Record<string, unknown>>;

function isEvent(data: Data): data is Data & RecordedEvent {
  return (
    isText(data['id']) &&
    /^[0-9a-z]+$/.test(data['id']) &&
    isTime(data['at']) &&
    isText(data['writer']) &&
    Number.isSafeInteger(data['seq']) &&
    isText(data['type']) &&
    (bodies.get(data['type'])?.(data) ?? true)
  );
}

const ENDS = {
  succeeded: true,
  failed: true,
  cancelled: true,
  drifted: true,
  'cancelled-by-aws': true,
  unwatched: true,
  unknown: true,
} satisfies Record<Outcome['state'], true>;

/**
 * The check of an event's own members, by type of event; `watched` has none. The checks find a damaged line
 * here, and not only in the code that uses the event.
 */
const bodies: ReadonlyMap<string, (data: Data) => boolean> = new Map([
  ['planned', (data) => isPlanned(data) && (data['kind'] !== BATCH || isBatchPlan(data['plan'], isPlanned))],
  ['step', ({ name, facts }) => isText(name) && isOptionalRecord(facts)],
  [
    'sending',
    ({ request }) =>
      isRecord(request) && ['service', 'operation', 'token'].every((name) => isText(request[name])),
  ],
  [
    'accepted',
    ({ requestId, facts }) => (requestId === undefined || isText(requestId)) && isOptionalRecord(facts),
  ],
  ['observed', ({ facts }) => isRecord(facts)],
  ['paused', ({ reason }) => isText(reason)],
  [
    'ended',
    ({ outcome }) => isRecord(outcome) && isText(outcome['state']) && Object.hasOwn(ENDS, outcome['state']),
  ],
] satisfies [string, (data: Data) => boolean][]);

function isPlanned({ kind, subject, plan }: Data): boolean {
  return (
    isText(kind) &&
    plan !== undefined &&
    isRecord(subject) &&
    ['connectionId', 'region', 'accountId', 'label'].every((name) => isText(subject[name])) &&
    Array.isArray(subject['path']) &&
    subject['path'].every(isText)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Returns true if the value is a number that is valid as a JavaScript date: JSON allows larger numbers. */
function isTime(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}

function isOptionalRecord(value: unknown): boolean {
  return value === undefined || isRecord(value);
}

function isRecord(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
