/** Check of a strategy that leaves script and arguments as they are. */
import type { CodeConfiguration } from '../../model/code';
import { declareCheck } from '../../plan/check';
import { type ConfigurationPart, differences } from '../configuration';
import { block, pass } from './check';

const NO_RESTART = declareCheck('no-restart', {
  'no-restart.nothing-lost': pass(),
  'no-restart.would-keep': block<{
    readonly strategy: string;
    readonly parts: readonly ConfigurationPart[];
  }>('use-rolling'),
});

/** Finds the parts that such a strategy leaves as they are although the user chose otherwise. */
export function noRestartCheck(strategy: string, current: CodeConfiguration, wanted: CodeConfiguration) {
  const parts = differences(current, wanted).filter((part) => part !== 'code');
  return parts.length === 0
    ? NO_RESTART.found('no-restart.nothing-lost')
    : NO_RESTART.found('no-restart.would-keep', { strategy, parts });
}
