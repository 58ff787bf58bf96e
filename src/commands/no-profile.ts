/** Ways to continue if the AWS config files have no profile. */
import * as l10n from '@vscode/l10n';
import { runLogin } from '../view/login';
import type { Choice } from '../view/wizard/prompts';
import { editConfig } from './config-file';
import type { LoadAws } from './start-aws';

export interface ProfileHelp {
  readonly run: () => Promise<void>;
}

export interface ProfileHelpDeps {
  readonly loadAws: LoadAws;
  readonly openSandbox: () => Promise<void>;
}

export function profileHelps({ loadAws, openSandbox }: ProfileHelpDeps): readonly Choice<ProfileHelp>[] {
  return [
    {
      group: l10n.t('No profile was found. What helps:'),
      label: l10n.t('Set up a profile of IAM Identity Center'),
      description: 'aws configure sso',
      icon: 'terminal',
      value: { run: () => runLogin(['configure', 'sso']) },
    },
    {
      label: l10n.t('Set up a profile with access keys'),
      description: 'aws configure',
      icon: 'terminal',
      value: { run: () => runLogin(['configure']) },
    },
    {
      label: l10n.t('Edit the AWS config file'),
      icon: 'edit',
      value: { run: () => editConfig(loadAws) },
    },
    {
      label: l10n.t('Try the sandbox, which needs no account'),
      icon: 'beaker',
      value: { run: openSandbox },
    },
  ];
}
