/**
 * The progress of an update as facts for the ledger. Each node is a fact of its own, so that a change of one node
 * writes that node alone.
 */
import type { Facts, Json } from '../model/json';
import { readRecord, recordJson } from './node-record';
import type { DrainPhase, UpdateProgress } from './progress';

const NODE = 'node/';
const PROGRESS = 'drainProgress';

/**
 * The progress is stored if it consists of at most this many nodes: few node groups have more, and a picture
 * of more nodes would not be readable.
 */
const MOST_NODES = 1_000;

/** True if an operation's fact of this name belongs to the progress. */
export function isProgressFact(name: string): boolean {
  return name === PROGRESS || name.startsWith(NODE);
}

/** Undefined if the progress has more than {@link MOST_NODES} nodes. */
export function progressFacts(progress: UpdateProgress): Facts | undefined {
  const { nodes, ...rest } = progress;
  if (nodes.length > MOST_NODES) return undefined;
  return {
    ...Object.fromEntries(nodes.map((record) => [`${NODE}${record.uid}`, recordJson(record)])),
    [PROGRESS]: { ...rest },
  };
}

/** Undefined if the facts contain no progress from {@link progressFacts}. */
export function readProgress(facts: Facts): UpdateProgress | undefined {
  const rest = readRest(facts[PROGRESS]);
  if (!rest) return undefined;
  const nodes = Object.entries(facts)
    .filter(([name]) => name.startsWith(NODE))
    .map(([, json]) => readRecord(json))
    .filter((record) => record !== undefined)
    .toSorted((a, b) => a.seenAt - b.seenAt || (a.name < b.name ? -1 : 1));
  return { ...rest, nodes };
}

function readRest(json: Json | undefined): Omit<UpdateProgress, 'nodes'> | undefined {
  const stored = json as Partial<Record<keyof UpdateProgress, unknown>> | null | undefined;
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { basis, mostReady, phase, phaseSince, unreadyAtFirst: unready } = stored;
  if (basis !== 'recorded' && basis !== 'first-seen') return undefined;
  if (typeof mostReady !== 'number' || typeof phaseSince !== 'number' || !isPhase(phase)) return undefined;
  return {
    basis,
    mostReady,
    phase,
    phaseSince,
    ...(Array.isArray(unready) && {
      unreadyAtFirst: unready.filter((uid): uid is string => typeof uid === 'string'),
    }),
  };
}

function isPhase(value: unknown): value is DrainPhase {
  return value === 'adding' || value === 'cordoned' || value === 'draining' || value === 'removing';
}
