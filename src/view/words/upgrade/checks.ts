/** The checks of a plan, in words: what was found and, where it is not fine, what to do. */
import type { Check, CheckId, Verdict } from '../../../upgrade/checks/check';
import type { CheckFacts } from '../../../upgrade/checks/facts';
import type { Translate } from '../translate';
import { cannotFollowWords } from './cannot-follow';
import { imageSentences } from './check-images';
import { rolloutSentences } from './check-rollout';
import { stateSentences } from './check-state';
import { versionSentences } from './check-versions';
import { type Sentences, say } from './sentences';

const SENTENCES: Sentences<CheckFacts> = {
  ...stateSentences,
  ...versionSentences,
  ...imageSentences,
  ...rolloutSentences,
};

/** What the check found, and what helps. */
export function checkWords(check: Check, t: Translate): string {
  return say(SENTENCES, check, t);
}

/** A check in a list of those that are to be known: what is checked, or what was found where that is as short. */
export function checkNotice(check: Check, t: Translate): string {
  return check.code === 'ami-type-cannot-follow'
    ? cannotFollowWords(check.facts, t)
    : checkTitle(check.id, t);
}

/** What is checked. */
export function checkTitle(id: CheckId, t: Translate): string {
  switch (id) {
    case 'cluster-state':
      return t('Cluster');
    case 'nodegroup-state':
      return t('Node group');
    case 'running-updates':
      return t('Running updates');
    case 'insights':
      return t('Upgrade insights');
    case 'skew':
      return t('Version skew');
    case 'downgrade':
      return t('Direction');
    case 'support':
      return t('Support');
    case 'ami-type':
      return t('AMI type');
    case 'release':
      return t('AMI release');
    case 'launch-template':
      return t('Launch template');
    case 'change':
      return t('Change');
    case 'free-addresses':
      return t('Free addresses');
    case 'pace':
      return t('Pace');
    case 'drain':
      return t('Draining');
    case 'health':
      return t('Health');
    case 'managed-by':
      return t('Managed by');
  }
}

/** A verdict in one word; never shown by colour alone. */
export function verdictWords(verdict: Verdict, t: Translate): string {
  switch (verdict) {
    case 'pass':
      return t('fine');
    case 'warn':
      return t('warning');
    case 'confirm':
      return t('needs your confirmation');
    case 'block':
      return t('blocks');
    case 'unknown':
      return t('not known');
  }
}
