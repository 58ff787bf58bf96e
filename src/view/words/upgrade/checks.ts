/** The checks of a plan, in words: what was found and, where it is not fine, what to do. */
import type { Check, CheckId, Verdict } from '../../../upgrade/checks/check';
import type { Translate } from '../translate';
import { imageWords, isImageCheck } from './image-checks';
import { isRolloutCheck, rolloutWords } from './rollout-checks';
import { stateWords } from './state-checks';
import { isVersionCheck, versionWords } from './version-checks';

/** One or two sentences. */
export function checkWords(check: Check, t: Translate): string {
  if (isImageCheck(check)) return imageWords(check, t);
  if (isVersionCheck(check)) return versionWords(check, t);
  if (isRolloutCheck(check)) return rolloutWords(check, t);
  return stateWords(check, t);
}
