/** Rollbacks: the input of a plan that restores earlier code, script and arguments. */

import type { CodeLocation } from '../model/code';
import { present } from '../model/present';
import { type Choices, choicesOf } from './configuration';
import type { Deployment } from './history/deployment';
import type { PlanInput } from './plan/input';

/** The input of a rollback, without the configuration to go back to. */
export type RollbackOptions = Pick<PlanInput, 'destination' | 'strategy' | 'last' | 'accepted'>;

/** A configuration that one of Slipway's deployments set or replaced. */
export type Earlier = Pick<Deployment, 'configuration' | 'operationId' | 'git'>;

/** The input of a rollback that restores all parts of a configuration from the ledger or from a record. */
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

/** The input of a rollback to a zip without a record: script and arguments have to be chosen. */
export function rollbackToZip(at: CodeLocation, choices: Choices, options: RollbackOptions): PlanInput {
  return inputOf(at, choices, options);
}

function inputOf(at: CodeLocation, choices: Choices, options: RollbackOptions): PlanInput {
  return { ...options, ...choices, source: { kind: 'zip', at }, rollsBack: true };
}
