/** The words that apply only to kdb clusters of Amazon FinSpace. */
import * as l10n from '@vscode/l10n';
import type { UnjudgedPolicy } from '../../deploy/finspace/checks/bucket-policy';
import type { FinSpaceRemedy } from '../../deploy/finspace/checks/check';
import type { FinSpaceCheck } from '../../deploy/finspace/checks/own-checks';
import type { OwnCheck } from '../../deploy/port/deploy-target';
import type { Facts } from '../../model/json';
import type { DeploymentStrategy } from '../../model/kdb';
import type { KindWords, StrategyWords } from './kind-words';
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
  'environment.not-ready': (f) =>
    l10n.t('The environment {0} is {1}. Code can be deployed only while it is CREATED.{2}', {
      0: f.environment,
      1: f.status,
      2: reasonWords(f),
    }),
  'environment.unknown': (f) =>
    `${l10n.t('Whether the environment is ready is unknown.')} ${unreadWords(f.why)}`,
  'cluster.ready': () => l10n.t('The cluster is running.'),
  'cluster.not-ready': (f) =>
    l10n.t('The cluster {0} is {1}. Code can be deployed only while it is RUNNING.{2}', {
      0: f.cluster,
      1: f.status,
      2: reasonWords(f),
    }),
  'strategy.fits': (f) => l10n.t('{0} is possible on this type of cluster.', { 0: f.strategy }),
  'strategy.not-for-type': (f) =>
    l10n.t(
      '{0} is not possible on a cluster of type {1}: only general-purpose (GP) clusters take code without a restart. Choose ROLLING.',
      { 0: f.strategy, 1: f.type },
    ),
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

function reasonWords({ statusReason }: { readonly statusReason?: string }): string {
  return statusReason === undefined ? '' : ` (${statusReason})`;
}

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

const STRATEGIES: { readonly [Id in DeploymentStrategy]: () => StrategyWords } = {
  NO_RESTART: () => ({
    icon: 'debug-continue',
    detail: l10n.t(
      'The q processes keep running and find the new files on disk. Script and arguments stay as they are.',
    ),
  }),
  ROLLING: () => ({
    icon: 'sync',
    detail: l10n.t('Each q process is stopped and a new one started with the new code.'),
  }),
  FORCE: () => ({
    icon: 'zap',
    detail: l10n.t(
      'All q processes are stopped at once, then started again: the cluster is away in between.',
    ),
  }),
};

function unknownEndWords(facts: Facts): string {
  const status = facts['status'];
  const shown = typeof status === 'string' ? l10n.t(' The cluster was {0}.', { 0: status }) : '';
  return (
    whyUnknown(facts) +
    shown +
    l10n.t(' Compare the configuration of the cluster with the request before you deploy again.')
  );
}

function whyUnknown(facts: Facts): string {
  switch (facts['why']) {
    case 'never-seen':
      return l10n.t(
        'The request was answered with a yes, and for half an hour the cluster has shown no trace of an update: something between may have answered in place of AWS.',
      );
    case 'untold':
      return l10n.t(
        'The update ran, and the endpoint leaves out of its answers what would tell the configuration that was asked for from the one before.',
      );
    case 'not-found':
      return l10n.t(
        'For five minutes FinSpace has not found the cluster: it was deleted, or the endpoint or the account is another one by now.',
      );
    case 'unreadable':
      return l10n.t(
        'For half an hour no update was seen, and what answers for FinSpace does not answer as it should.',
      );
    default:
      return l10n.t(
        'No answer to the request came, and what FinSpace shows does not tell whether it was carried out.',
      );
  }
}

/**
 * The type casts are safe, since only checks, strategies and remedies of this kind of target are passed in.
 */
export const finspaceWords: KindWords = {
  strategyQuestion: () => l10n.t('Choose how the q processes take the code'),
  strategy: (id) => STRATEGIES[id as DeploymentStrategy](),
  automatic: () => ({
    label: l10n.t('What each type allows'),
    detail: l10n.t('NO_RESTART on general-purpose clusters, ROLLING on all others'),
  }),
  unknownEnd: unknownEndWords,
  checkTitle: (check) => TITLES[check.id as FinSpaceCheck['id']](),
  check: (check: OwnCheck) => say(SENTENCES, check as FinSpaceCheck & OwnCheck),
  // Of this kind's own checks, only that of the strategy FORCE needs a confirmation.
  confirm: (_check, label) =>
    l10n.t('FORCE stops all q processes of {0} at once. Type the name of the cluster to go on.', {
      0: label,
    }),
  remedy: (remedy) => remedyWords(remedy as FinSpaceRemedy),
};
