/** Checks of what the deployment changes. */
import type { CodeConfiguration } from '../../model/code';
import { declareCheck } from '../../plan/check';
import { type ConfigurationPart, differences } from '../configuration';
import { pass, warn } from './check';

/** The first code of a target has nothing to roll back to. */
const FIRST_CODE = declareCheck('first-code', {
  'first-code.has-code': pass(),
  'first-code.no-code': warn(),
});

/** Judges by the configuration that is there now. */
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
