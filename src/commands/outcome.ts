/** Explains in sentences why an operation ended in its state, from the facts in the ledger. */
import * as l10n from '@vscode/l10n';
import { isDeployment } from '../deploy/port/operation-kind';
import type { UpdateError } from '../model/eks';
import type { Failure } from '../model/failure';
import type { Facts, Json } from '../model/json';
import { unknownEndIn } from '../nodegroup/follow/unknown-end';
import { requestErrorRemedy } from '../nodegroup/remedies/request-errors';
import { updateErrorRemedy } from '../nodegroup/remedies/update-errors';
import type { Operation } from '../operations/operation';
import { driftIn } from '../plan/drift';
import { codeOutcomeWords } from '../view/messages/deployments';
import { requestErrorWords, unknownEndWords, updateErrorWords } from '../view/messages/nodegroup';
import { awsWords } from '../view/messages/nodegroup/remedies';
import { driftSentence } from '../view/messages/refusals/operations';
import { heldAtTheEnd } from './nodegroup/inside-progress';
import { targetKinds } from './target-kinds';

/** @param failureWords makes the sentences for any failure */
export function outcomeWords(
  operation: Operation,
  failureWords: (failure: Failure) => string,
): string | undefined {
  const { kind, outcome } = operation;
  if (!outcome) return undefined;
  const { failure, facts = {}, state } = outcome;
  if (failure) {
    const remedy = requestErrorRemedy(failure);
    return remedy && failure.kind === 'aws' ? requestErrorWords(failure, remedy) : failureWords(failure);
  }
  const errors = updateErrors(facts);
  if (errors.length > 0) {
    return errors.map((error) => errorWords(error, operation, failureWords)).join(' ');
  }
  const { cancellation } = facts;
  if (state === 'cancelled-by-aws' && typeof cancellation === 'string') return awsWords(cancellation);
  // Earlier versions of Slipway recorded the state `drifted`, without a failure, for a node group update that
  // ended because of drift.
  if (state === 'drifted' && driftIn(facts).length > 0) return driftSentence(facts);
  if (isDeployment({ kind })) {
    const target = targetKinds.ofOperation({ kind });
    return target && codeOutcomeWords(target.id, outcome);
  }
  const end = state === 'unknown' ? unknownEndIn(facts) : undefined;
  return end && unknownEndWords(end);
}

/** The problem and the remedy, with the resources that AWS names. */
function errorWords(
  error: UpdateError,
  operation: Operation,
  failureWords: (failure: Failure) => string,
): string {
  const held =
    error.code === 'PodEvictionFailure'
      ? heldAtTheEnd(operation, error.resourceIds, failureWords)
      : undefined;
  const explained = updateErrorWords(error, updateErrorRemedy(error.code));
  const words = held === undefined ? explained : `${explained} ${held}`;
  return error.resourceIds.length === 0
    ? words
    : l10n.t('{words} · Resources: {ids}.', { words, ids: error.resourceIds.join(', ') });
}

/** The errors with which EKS ended an update; none for any other outcome. */
export function updateErrors(facts: Facts): readonly UpdateError[] {
  return listIn<UpdateError>(facts['errors'], 'code');
}

/** A list from the ledger whose items all have `key`; empty for anything else. */
function listIn<T>(json: Json | undefined, key: keyof T & string): readonly T[] {
  return Array.isArray(json) && json.every((one) => one instanceof Object && key in one)
    ? (json as unknown as readonly T[])
    : [];
}
