/**
 * The answers from which a plan was made. The review lets the user change those whose questions belong to the
 * wizard.
 */
import * as l10n from '@vscode/l10n';
import type { PlanInput } from '../../deploy/plan/input';
import type { DeploymentPlan } from '../../deploy/plan/plan';
import { argumentsWords } from '../../view/messages/counts';
import type { ReviewAnswer } from '../../view/wizard/review';

export function answersOf({
  input,
  plan,
}: {
  readonly input: PlanInput;
  readonly plan: DeploymentPlan;
}): readonly ReviewAnswer[] {
  const { source, destination } = input;
  const { initializationScript, commandLineArguments } = plan.next;
  const none = l10n.t('none');
  return [
    { step: 'connection', label: l10n.t('Where'), value: plan.subject.label },
    {
      step: 'source',
      label: l10n.t('What'),
      value: source.kind === 'folder' ? source.request.root : l10n.t('a zip in S3'),
    },
    { step: 'bucket', label: l10n.t('Bucket'), value: destination.bucket },
    ...(source.kind === 'zip' ? [{ step: 'zip' as const, label: l10n.t('Zip'), value: source.at.key }] : []),
    { step: 'prefix', label: l10n.t('Folder in the bucket'), value: destination.prefix || none },
    { step: 'strategy', label: l10n.t('Strategy'), value: plan.strategy },
    { step: 'script', label: l10n.t('Initialization script'), value: initializationScript ?? none },
    {
      step: 'arguments',
      label: l10n.t('Arguments'),
      // Without values, since these may be secrets; the page shows the values that do not look like secrets.
      value: [
        argumentsWords(commandLineArguments.length),
        commandLineArguments.map(({ key }) => key).join(', '),
      ]
        .filter((text) => text !== '')
        .join(': '),
    },
  ];
}
