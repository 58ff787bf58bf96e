/** The checks of a plan, in words: what was found and, where it is not fine, what to do. */
import * as l10n from '@vscode/l10n';
import type { Check, CheckId, Verdict } from '../../../upgrade/checks/check';
import type { CheckFacts } from '../../../upgrade/checks/facts';
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
export function checkWords(check: Check): string {
  return say(SENTENCES, check);
}

/** A check in a list of those that are to be known: what is checked, or what was found where that is as short. */
export function checkNotice(check: Check): string {
  return check.code === 'ami-type-cannot-follow' ? cannotFollowWords(check.facts) : checkTitle(check.id);
}

/** What is checked. */
export function checkTitle(id: CheckId): string {
  switch (id) {
    case 'cluster-state':
      return l10n.t('Cluster');
    case 'nodegroup-state':
      return l10n.t('Node group');
    case 'running-updates':
      return l10n.t('Running updates');
    case 'insights':
      return l10n.t('Upgrade insights');
    case 'skew':
      return l10n.t('Version skew');
    case 'downgrade':
      return l10n.t('Direction');
    case 'support':
      return l10n.t('Support');
    case 'ami-type':
      return l10n.t('AMI type');
    case 'release':
      return l10n.t('AMI release');
    case 'launch-template':
      return l10n.t('Launch template');
    case 'change':
      return l10n.t('Change');
    case 'free-addresses':
      return l10n.t('Free addresses');
    case 'pace':
      return l10n.t('Pace');
    case 'drain':
      return l10n.t('Draining');
    case 'health':
      return l10n.t('Health');
    case 'managed-by':
      return l10n.t('Managed by');
  }
}

/** A verdict in one word; never shown by colour alone. */
export function verdictWords(verdict: Verdict): string {
  switch (verdict) {
    case 'pass':
      return l10n.t('fine');
    case 'warn':
      return l10n.t('warning');
    case 'confirm':
      return l10n.t('needs your confirmation');
    case 'block':
      return l10n.t('blocks');
    case 'unknown':
      return l10n.t('not known');
  }
}
