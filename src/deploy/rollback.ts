/** Rollbacks: the input of a plan that brings earlier code, script and arguments back. */

import type { CodeLocation } from '../model/code';
import { present } from '../model/present';
import { type Choices, choicesOf } from './configuration';
import type { Deployment } from './history/deployment';
import type { PlanInput } from './plan/input';

/** What a rollback takes besides the configuration to go back to. */
export type RollbackOptions = Pick<PlanInput, 'destination' | 'strategy' | 'last' | 'accepted'>;

/** A configuration that one of Slipway's deployments left, or found. */
export type Earlier = Pick<Deployment, 'configuration' | 'operationId' | 'git'>;

/** Back to a configuration of the ledger or a record: all of it comes back exactly. */
export function rollbackTo(
  { configuration, operationId, git }: Earlier,
  options: RollbackOptions,
): PlanInput {
  return {
    ...inputOf(configuration.code, choicesOf(configuration), options),
    origin: operationId,
    ...present({ git }),
  };
}

/** Back to a zip without a record: script and arguments have to be chosen. */
export function rollbackToZip(at: CodeLocation, choices: Choices, options: RollbackOptions): PlanInput {
  return inputOf(at, choices, options);
}

function inputOf(at: CodeLocation, choices: Choices, options: RollbackOptions): PlanInput {
  return { ...options, ...choices, source: { kind: 'zip', at }, rollsBack: true };
}
