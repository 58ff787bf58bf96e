/** Why a choice that the user made is not valid, in words. */
import * as l10n from '@vscode/l10n';
import type { ChoiceProblem } from '../../../nodegroup/choice/choice';
import type { ConfigProblem } from '../../../nodegroup/choice/config-choice';
import { nodesWords } from '../counts';

export function choiceWords(problem: ChoiceProblem): string {
  switch (problem.code) {
    case 'version-required':
      return l10n.t("Choose a Kubernetes version: without one, AWS's documents disagree about what happens.");
    case 'version-with-custom-ami':
      return l10n.t(
        'The launch template brings its own AMI, so the Kubernetes version ({version}) must be left out.',
        problem.facts,
      );
    case 'release-with-custom-ami':
      return l10n.t(
        'The launch template brings its own AMI, so the AMI release ({release}) must be left out.',
        problem.facts,
      );
    case 'version-not-offered': {
      const { version, offered } = problem.facts;
      return offered.length === 0
        ? l10n.t('Kubernetes {version} is not valid here, and neither is any other version.', { version })
        : l10n.t('Kubernetes {version} is not valid here. Valid are: {offered}.', {
            version,
            offered: offered.join(', '),
          });
    }
    case 'release-empty':
      return l10n.t('Type a release version.');
    case 'release-shape':
      return l10n.t('"{release}" is not a release version. One looks like {example}.', problem.facts);
    case 'release-other-version':
      return l10n.t('"{release}" belongs to Kubernetes {named}, and you chose {version}.', problem.facts);
    case 'template-not-used':
      return l10n.t(
        'The node group was made without a launch template of yours, so EKS takes none. Make a new node group to use one.',
      );
    case 'template-version-missing': {
      const { templateVersion, latest } = problem.facts;
      return latest === undefined
        ? l10n.t('The launch template has no version {templateVersion}.', { templateVersion })
        : l10n.t('The launch template has no version {templateVersion}; its newest is {latest}.', {
            templateVersion,
            latest,
          });
    }
    case 'template-version-required':
      return l10n.t(
        'The node group runs an AMI of your own. Choose the version of its launch template that names the AMI you want: that is the only way to renew it.',
      );
  }
}

export function configWords(problem: ConfigProblem): string {
  switch (problem.code) {
    case 'nodes-out-of-range':
      return l10n.t('Type a whole number from 1 to {most}.', { most: problem.facts.most });
    case 'nodes-over-size':
      return l10n.t('The node group has at most {nodes}, so no more than that can be unavailable at once.', {
        nodes: nodesWords(problem.facts.most),
      });
    case 'percentage-out-of-range':
      return l10n.t('Type a whole percentage from 1 to 100.');
    case 'settings-unchanged':
      return l10n.t('These are the settings in use; there is nothing to change.');
  }
}
