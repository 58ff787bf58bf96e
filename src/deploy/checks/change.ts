/**
 * Checks of the changes that the deployment makes, and of the parts that the user wants to change but the strategy
 * keeps.
 */
import type { CodeConfiguration } from '../../model/code';
import { declareCheck } from '../../plan/check';
import { type ConfigurationPart, differences } from '../configuration';
import { block, pass, warn } from './check';

/** Judges whether the target has code to which a later rollback can return. */
const FIRST_CODE = declareCheck('first-code', {
  'first-code.has-code': pass(),
  'first-code.no-code': warn(),
});

/** Judges the present configuration of the target. */
export function firstCodeCheck({ code }: CodeConfiguration) {
  return FIRST_CODE.found(code === undefined ? 'first-code.no-code' : 'first-code.has-code');
}

/** Says whether the deployment changes anything; a restart with the same code is allowed. */
const CHANGE = declareCheck('change', {
  'change.some': pass<{ readonly parts: readonly ConfigurationPart[] }>(),
  'change.none': warn(),
});

export function changeCheck(current: CodeConfiguration, next: CodeConfiguration) {
  const parts = differences(current, next);
  return parts.length === 0 ? CHANGE.found('change.none') : CHANGE.found('change.some', { parts });
}

const NO_RESTART = declareCheck('no-restart', {
  'no-restart.nothing-lost': pass(),
  'no-restart.would-keep': block<{
    readonly strategy: string;
    readonly parts: readonly ConfigurationPart[];
  }>('use-rolling'),
});

/**
 * For a strategy that changes neither script nor arguments: finds which of the two the user wants to change.
 */
export function noRestartCheck(strategy: string, current: CodeConfiguration, wanted: CodeConfiguration) {
  const parts = differences(current, wanted).filter((part) => part !== 'code');
  return parts.length === 0
    ? NO_RESTART.found('no-restart.nothing-lost')
    : NO_RESTART.found('no-restart.would-keep', { strategy, parts });
}
