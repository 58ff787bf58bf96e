/** What stands against a choice of the user's, in words. */
import type { ChoiceProblem } from '../../../upgrade/choice';
import type { ConfigProblem } from '../../../upgrade/config-choice';
import type { Translate } from '../translate';
import { nodesWords } from './counts';

export function choiceWords(problem: ChoiceProblem, t: Translate): string {
  switch (problem.code) {
    case 'version-required':
      return t("Choose a Kubernetes version: without one, AWS's documents disagree about what happens.");
    case 'version-with-custom-ami':
      return t(
        'The launch template brings its own AMI, so the Kubernetes version ({version}) must be left out.',
        problem.facts,
      );
    case 'release-with-custom-ami':
      return t(
        'The launch template brings its own AMI, so the AMI release ({release}) must be left out.',
        problem.facts,
      );
    case 'version-not-offered': {
      const { version, offered } = problem.facts;
      return offered.length === 0
        ? t('Kubernetes {version} is not valid here, and neither is any other version.', { version })
        : t('Kubernetes {version} is not valid here. Valid are: {offered}.', {
            version,
            offered: offered.join(', '),
          });
    }
    case 'release-empty':
      return t('Type a release version.');
    case 'release-shape':
      return t('"{release}" is not a release version. One looks like {example}.', problem.facts);
    case 'release-other-version':
      return t('"{release}" belongs to Kubernetes {named}, and you chose {version}.', problem.facts);
    case 'template-not-used':
      return t(
        'The node group was made without a launch template of yours, so EKS takes none. Make a new node group to use one.',
      );
    case 'template-version-missing': {
      const { templateVersion, latest } = problem.facts;
      return latest === undefined
        ? t('The launch template has no version {templateVersion}.', { templateVersion })
        : t('The launch template has no version {templateVersion}; its newest is {latest}.', {
            templateVersion,
            latest,
          });
    }
    case 'template-version-required':
      return t(
        'The node group runs an AMI of your own. Choose the version of its launch template that names the AMI you want: that is the only way to renew it.',
      );
  }
}

export function configWords(problem: ConfigProblem, t: Translate): string {
  switch (problem.code) {
    case 'nodes-out-of-range':
      return t('Type a whole number from 1 to {most}.', { most: problem.facts.most });
    case 'nodes-over-size':
      return t('The node group has at most {nodes}, so no more than that can be unavailable at once.', {
        nodes: nodesWords(problem.facts.most, t),
      });
    case 'percentage-out-of-range':
      return t('Type a whole percentage from 1 to 100.');
    case 'settings-unchanged':
      return t('These are the settings in use; there is nothing to change.');
  }
}
