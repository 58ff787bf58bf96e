/** Why an operation ended as it did, in sentences, from what AWS said of it. */
import * as l10n from '@vscode/l10n';
import { isDeployment } from '../deploy/port/operation-kind';
import type { UpdateError } from '../model/eks';
import type { Failure } from '../model/failure';
import type { Facts, Json } from '../model/json';
import type { UnknownEnd } from '../nodegroup/poll-context';
import { requestErrorRemedy } from '../nodegroup/remedies/request-errors';
import { updateErrorRemedy } from '../nodegroup/remedies/update-errors';
import type { Drift } from '../nodegroup/state';
import type { Operation } from '../operations/operation';
import { codeOutcomeWords } from '../view/messages/deploy-outcome';
import { driftWords, requestErrorWords, unknownEndWords, updateErrorWords } from '../view/messages/nodegroup';
import { awsWords } from '../view/messages/nodegroup/counts';

/** @param failureWords the sentences for a failure of any room. */
export function outcomeWords(
  { kind, outcome }: Operation,
  failureWords: (failure: Failure) => string,
): string | undefined {
  if (!outcome) return undefined;
  const { failure, facts = {}, state } = outcome;
  if (failure) {
    const remedy = requestErrorRemedy(failure);
    return remedy && failure.kind === 'aws' ? requestErrorWords(failure, remedy) : failureWords(failure);
  }
  const errors = updateErrors(facts);
  if (errors.length > 0) {
    return errors.map((error) => errorWords(error)).join(' ');
  }
  const { cancellation } = facts;
  if (state === 'cancelled-by-aws' && typeof cancellation === 'string') return awsWords(cancellation);
  const drift = listIn<Drift>(facts['drift'], 'field');
  if (drift.length > 0) return drift.map((one) => driftWords(one)).join('; ');
  if (isDeployment({ kind })) return codeOutcomeWords(outcome);
  const why = facts['why'];
  return state === 'unknown' && typeof why === 'string'
    ? unknownEndWords(why as UnknownEnd, facts)
    : undefined;
}

/** What happened and what helps, with the resources that AWS names. */
function errorWords(error: UpdateError): string {
  const words = updateErrorWords(error, updateErrorRemedy(error.code));
  return error.resourceIds.length === 0
    ? words
    : l10n.t('{words} · Resources: {ids}.', { words, ids: error.resourceIds.join(', ') });
}

/** The errors with which EKS ended an update; none for any other outcome. */
export function updateErrors(facts: Facts): readonly UpdateError[] {
  return listIn<UpdateError>(facts['errors'], 'code');
}

/** What the ledger holds of a list of things that all have `key`; empty for anything else. */
function listIn<T>(json: Json | undefined, key: keyof T & string): readonly T[] {
  return Array.isArray(json) && json.every((one) => one instanceof Object && key in one)
    ? (json as unknown as readonly T[])
    : [];
}
