/** Deployments of a cluster as rows of a list. */
import type { Deployment } from '../../deploy/history/deployment';
import { stateIcon, stateWords } from './operation';
import type { Translate } from './translate';

export function deploymentIcon({ outcome }: Deployment): string {
  return outcome === 'unrecorded' ? 'cloud' : stateIcon(outcome).replace('~spin', '');
}

/** How it ended, the strategy, who, which commit: what tells deployments apart. */
export function deploymentWords(deployment: Deployment, t: Translate): string {
  const { outcome, strategy, author, git, digest, target, configuration, rollsBack } = deployment;
  return [
    outcome === 'unrecorded' ? t('known from the bucket alone') : stateWords(outcome, t),
    rollsBack && t('rollback'),
    target,
    strategy,
    git && t('commit {0}', { 0: git.commit.slice(0, 8) + (git.dirty ? '+' : '') }),
    digest === undefined ? (configuration.code.key.split('/').at(-1) ?? '') : digest.slice(0, 8),
    author === undefined ? undefined : authorName(author),
  ]
    .filter((text) => text !== undefined && text !== '')
    .join(' · ');
}

/** Script and keys of the arguments, whose values may be secrets. */
export function configurationWords(
  { initializationScript, commandLineArguments }: Deployment['configuration'],
  t: Translate,
): string {
  const script =
    initializationScript === undefined
      ? t('no initialization script')
      : t('script {0}', { 0: initializationScript });
  const list =
    commandLineArguments.length === 0
      ? t('no arguments')
      : t('arguments {0}', { 0: commandLineArguments.map(({ key }) => key).join(', ') });
  return `${script} · ${list}`;
}

/** The last part of an ARN: the user, or the role's session. */
function authorName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
