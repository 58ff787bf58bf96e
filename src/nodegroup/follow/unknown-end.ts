/** Reasons why the outcome of an update is unknown, as the ledger keeps them. */
import type { CodedOf, NoFacts } from '../../model/coded';
import type { Facts, Json } from '../../model/json';
import type { Observation } from '../../operations/operation';

interface UnknownEnds {
  /** AWS reports success, but the node group still shows other values. */
  'node-group-differs': NoFacts;
  'node-group-gone': NoFacts;
  'update-not-found': NoFacts;
  /** More than one update matches the request that was not answered. */
  'several-updates': { readonly updateIds: readonly string[] };
  /** `action`: the IAM action that is not permitted. */
  'not-permitted': { readonly action: string };
  /** The request was not answered, and a matching update may have existed before the request. */
  'cannot-tell': NoFacts;
}

export type UnknownEnd = CodedOf<UnknownEnds>;

/** @param facts further facts for the outcome. */
export function unknownEnd({ code, facts: own }: UnknownEnd, facts: Facts = {}): Observation {
  return { state: 'ended', outcome: { state: 'unknown', facts: { ...facts, ...own, why: code } } };
}

/** Reads the reason back from an outcome's facts; undefined if they hold none. */
export function unknownEndIn(facts: Facts): UnknownEnd | undefined {
  const { why: code, updateIds, action } = facts;
  switch (code) {
    case 'node-group-differs':
    case 'node-group-gone':
    case 'update-not-found':
    case 'cannot-tell':
      return { code, facts: {} };
    case 'several-updates':
      return isListOfTexts(updateIds) ? { code, facts: { updateIds } } : undefined;
    case 'not-permitted':
      return typeof action === 'string' ? { code, facts: { action } } : undefined;
    default:
      return undefined;
  }
}

function isListOfTexts(json: Json | undefined): json is readonly string[] {
  return Array.isArray(json) && json.every((one) => typeof one === 'string');
}
