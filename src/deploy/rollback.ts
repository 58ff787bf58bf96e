/** An earlier configuration brought back: the input of a plan whose code, script and arguments are those of then. */
import type { CodeLocation } from '../model/code';
import { type Choices, choicesOf } from './configuration';
import type { Deployment } from './history/deployment';
import type { PlanInput } from './plan/input';

/** What a rollback is asked besides where to go back to. */
export type RollbackOptions = Pick<PlanInput, 'destination' | 'strategy' | 'last' | 'accepted'>;

/** A configuration as a deployment of Slipway's left it, or found it. */
export type Earlier = Pick<Deployment, 'configuration' | 'operationId' | 'git'>;

/** To one that ledger or bucket know: everything comes back exactly. */
export function rollbackTo(
  { configuration, operationId, git }: Earlier,
  options: RollbackOptions,
): PlanInput {
  return {
    ...inputOf(configuration.code, choicesOf(configuration), options),
    origin: operationId,
    ...(git && { git }),
  };
}

/** To a zip of which nothing else is known: script and arguments have to be chosen. */
export function rollbackToZip(at: CodeLocation, choices: Choices, options: RollbackOptions): PlanInput {
  return inputOf(at, choices, options);
}

function inputOf(at: CodeLocation, choices: Choices, options: RollbackOptions): PlanInput {
  return { ...options, ...choices, source: { kind: 'zip', at }, rollsBack: true };
}
