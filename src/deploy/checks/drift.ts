/** Compares the present configuration with the one that Slipway's last deployment left. */
import type { CodeConfiguration } from '../../model/code';
import { declareCheck } from '../../plan/check';
import { type ConfigurationPart, contradicts, differences } from '../configuration';
import { confirm, pass, warn } from './check';

/** The configuration that Slipway's last deployment left, according to the ledger. */
export interface LastDeployment {
  readonly operationId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly configuration: CodeConfiguration;
}

interface Changed {
  readonly parts: readonly ConfigurationPart[];
  readonly left: CodeConfiguration;
}

const DRIFT = declareCheck('drift', {
  'drift.as-left': pass(),
  'drift.never-deployed': pass(),
  'drift.changed': confirm<Changed>('accept-drift'),
  'drift.accepted': warn<Changed>(),
});

/** `accepted`: a configuration that the user has seen and agreed to replace. */
export function driftCheck(
  current: CodeConfiguration,
  last: LastDeployment | undefined,
  accepted: CodeConfiguration | undefined,
) {
  if (last === undefined) return DRIFT.found('drift.never-deployed');
  const left = last.configuration;
  const parts = contradicts(left, current);
  if (parts.length === 0) return DRIFT.found('drift.as-left');
  const isAgreed = accepted !== undefined && differences(accepted, current).length === 0;
  return DRIFT.found(isAgreed ? 'drift.accepted' : 'drift.changed', { parts, left });
}
