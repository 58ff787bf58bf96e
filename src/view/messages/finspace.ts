/** What is said of kdb clusters of Amazon FinSpace, and of no other kind of target. */
import * as l10n from '@vscode/l10n';
import type { UnjudgedPolicy } from '../../deploy/finspace/checks/bucket-policy';
import type { FinSpaceRemedy } from '../../deploy/finspace/checks/check';
import type { FinSpaceCheck } from '../../deploy/finspace/checks/own-checks';
import type { OwnCheck } from '../../deploy/port/own-check';
import type { KindWords } from './kind-words';
import { breachWords } from './rules';
import { type Sentences, say } from './sentences';
import { unreadWords } from './unread';

const SENTENCES: Sentences<FinSpaceCheck> = {
  'service-end.not-concerned': () => l10n.t('The sandbox is not concerned by the end of Amazon FinSpace.'),
  'service-end.ends': () => l10n.t('AWS ends Amazon FinSpace Managed kdb Insights on October 7, 2026.'),
  'service-end.ended': () =>
    l10n.t(
      'AWS ended Amazon FinSpace Managed kdb Insights on October 7, 2026. This works only where a compatible endpoint answers.',
    ),
  'environment.ready': () => l10n.t('The environment is ready.'),
  'environment.not-ready': (f) => breachWords({ code: 'environment-not-ready', facts: f }),
  'environment.unknown': (f) =>
    `${l10n.t('Whether the environment is ready is unknown.')} ${unreadWords(f.why)}`,
  'cluster.ready': () => l10n.t('The cluster is running.'),
  'cluster.not-ready': (f) => breachWords({ code: 'cluster-not-ready', facts: f }),
  'strategy.fits': (f) => l10n.t('{0} is possible on this type of cluster.', { 0: f.strategy }),
  'strategy.not-for-type': (f) => breachWords({ code: 'strategy-not-for-type', facts: f }),
  'strategy.force': () =>
    l10n.t('FORCE stops all q processes at once: the cluster is away until they have started again.'),
  'bucket-policy.lets-read': () => l10n.t('The bucket policy lets FinSpace read the code.'),
  'bucket-policy.lacks': (f) =>
    l10n.t('The bucket policy does not let finspace.amazonaws.com do: {0}.', { 0: f.actions.join(', ') }),
  'bucket-policy.denies': (f) =>
    l10n.t('The bucket policy forbids finspace.amazonaws.com: {0}.', { 0: f.actions.join(', ') }),
  'bucket-policy.unknown': (f) =>
    `${l10n.t('Whether FinSpace may read the bucket is unknown.')} ${unjudgedWords(f.why)}`,
};

const TITLES: { readonly [Id in FinSpaceCheck['id']]: () => string } = {
  'service-end': () => l10n.t('End of the service'),
  environment: () => l10n.t('Environment'),
  cluster: () => l10n.t('Cluster'),
  strategy: () => l10n.t('Strategy'),
  'bucket-policy': () => l10n.t('Bucket policy'),
};

function unjudgedWords(why: UnjudgedPolicy): string {
  switch (why.code) {
    case 'not-json':
      return l10n.t('Its policy is no JSON.');
    case 'conditions':
      return l10n.t('That hangs on conditions in its policy: {0}.', { 0: why.actions.join(', ') });
    default:
      return unreadWords(why);
  }
}

function remedyWords(remedy: FinSpaceRemedy): string {
  switch (remedy) {
    case 'add-bucket-policy':
      return l10n.t('Add a statement for finspace.amazonaws.com to the bucket policy.');
    case 'read-about-the-end':
      return l10n.t('Use a FinSpace-compatible endpoint or the sandbox.');
    case 'use-rolling':
      return l10n.t('Choose ROLLING.');
    case 'wait':
      return l10n.t('Wait until it is ready, then plan again.');
  }
}

/** The kind's own checks are the ones that are handed in: they bear its name. */
export const finspaceWords: KindWords = {
  checkTitle: (check) => TITLES[check.id as FinSpaceCheck['id']](),
  check: (check: OwnCheck) => say(SENTENCES, check as FinSpaceCheck & OwnCheck),
  // FORCE alone asks.
  confirm: (_check, label) =>
    l10n.t('FORCE stops all q processes of {0} at once. Type the name of the cluster to go on.', {
      0: label,
    }),
  remedy: (remedy) => remedyWords(remedy as FinSpaceRemedy),
};
