/** Deployments of a target in words: as rows of a list, and why a deployment ended as it did. */
import * as l10n from '@vscode/l10n';
import type { Deployment } from '../../deploy/history/deployment';
import { nameInArn } from '../../model/access-principal';
import type { Outcome } from '../../operations/operation';
import { shortState, stateIcon, stateWords } from './operation';
import { wordsOf } from './target-kinds';

export function deploymentIcon({ outcome }: Deployment): string {
  return outcome === 'unrecorded' ? 'cloud' : stateIcon(outcome).replace('~spin', '');
}

/** The facts that distinguish deployments, such as the outcome, the strategy, the commit and the user. */
export function deploymentWords(deployment: Deployment): string {
  const { outcome, strategy, author, git, digest, target, configuration, rollsBack } = deployment;
  return [
    outcomeWords(outcome),
    rollsBack && l10n.t('rollback'),
    target,
    strategy,
    git && l10n.t('commit {0}', { 0: git.commit.slice(0, 8) + (git.dirty ? '+' : '') }),
    digest === undefined ? (configuration.code.key.split('/').at(-1) ?? '') : digest.slice(0, 8),
    author && nameInArn(author),
  ]
    .filter((text) => text !== undefined && text !== '')
    .join(' · ');
}

/**
 * The outcome of a deployment in words. For a deployment that still runs, the words do not name the service
 * that updates the target, since that service depends on the kind of target.
 */
function outcomeWords(outcome: Deployment['outcome']): string {
  switch (outcome) {
    case 'unrecorded':
      return l10n.t('known from the bucket alone');
    case 'watching':
      return shortState({ state: outcome });
    default:
      return stateWords(outcome);
  }
}

/**
 * The script and the keys of the arguments. The values of the arguments are left out: they may be secrets.
 */
export function configurationWords({
  initializationScript,
  commandLineArguments,
}: Deployment['configuration']): string {
  const script =
    initializationScript === undefined
      ? l10n.t('no initialization script')
      : l10n.t('script {0}', { 0: initializationScript });
  const list =
    commandLineArguments.length === 0
      ? l10n.t('no arguments')
      : l10n.t('arguments {0}', { 0: commandLineArguments.map(({ key }) => key).join(', ') });
  return `${script} · ${list}`;
}

/**
 * Says why the end of a deployment is not known, or says that VS Code ended before anything was sent;
 * undefined for any other outcome.
 * @param kind id of the kind of target
 */
export function codeOutcomeWords(kind: string, { state, facts = {} }: Outcome): string | undefined {
  if (state === 'unknown') return wordsOf(kind).unknownEnd(facts);
  if (state === 'cancelled' && facts['reason'] === 'interrupted') {
    return l10n.t('VS Code ended before anything was sent.');
  }
  return undefined;
}
