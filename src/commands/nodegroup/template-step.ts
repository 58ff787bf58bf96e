/** The question about the version of the launch template. */

import * as l10n from '@vscode/l10n';
import { present } from '../../model/present';
import { type TemplateOptions, templateOptions } from '../../nodegroup/choice/options';
import type { Situation } from '../../nodegroup/reading/situation';
import { unknownWords } from '../../view/messages/nodegroup';
import type { Choice } from '../../view/wizard/prompts';
import { into, namedQuestion, unlessKnown, type WizardStep } from '../../view/wizard/wizard-steps';

export interface TemplateAnswers {
  /** Undefined: the version does not change. */
  readonly templateVersion: number | undefined;
}

export interface TemplateAgain {
  readonly templateVersion?: number;
}

/**
 * The question about the template version; undefined if the node group was created without a launch
 * template, so that no version can be chosen.
 */
export function templateStep(
  situation: Situation,
  again: TemplateAgain | undefined,
): WizardStep<object, TemplateAnswers> | undefined {
  const options = templateOptions(situation);
  return (
    options && unlessKnown(again && templateAgain(options, again.templateVersion), templateQuestion(options))
  );
}

function templateAgain(
  { versions }: TemplateOptions,
  templateVersion: number | undefined,
): TemplateAnswers | undefined {
  const isListed = versions.known && versions.value.some(({ number }) => number === templateVersion);
  return templateVersion === undefined || isListed ? { templateVersion } : undefined;
}

function templateQuestion(options: TemplateOptions): WizardStep<object, TemplateAnswers> {
  return namedQuestion('template', async (_answers, { prompts, heading }) => {
    const { versions } = options;
    const keep: Choice<{ readonly kept: true }> = {
      value: { kept: true },
      label: l10n.t('Keep the launch template version'),
      ...(options.current !== undefined && { description: l10n.t('version {0}', { 0: options.current }) }),
      icon: 'check',
      always: true,
    };
    return into(
      await prompts.pick<number | { readonly kept: true }>(heading, {
        placeholder: versions.known
          ? l10n.t('Choose the launch template version')
          : l10n.t('The versions cannot be listed: {0}', { 0: unknownWords(versions.why) }),
        choices: [
          keep,
          ...(versions.known ? versions.value : []).map((version) => ({
            value: version.number,
            label: l10n.t('Version {0}', { 0: version.number }),
            description: [
              version.number === options.latest ? l10n.t('newest') : undefined,
              version.number === options.default ? l10n.t('default') : undefined,
              version.number === options.current ? l10n.t('in use') : undefined,
              version.imageId === undefined ? undefined : l10n.t('own AMI {0}', { 0: version.imageId }),
            ]
              .filter((text) => text !== undefined)
              .join(' · '),
            ...present({ detail: version.description }),
            icon: 'versions',
          })),
        ],
      }),
      (templateVersion) => ({
        templateVersion: typeof templateVersion === 'number' ? templateVersion : undefined,
      }),
    );
  });
}
