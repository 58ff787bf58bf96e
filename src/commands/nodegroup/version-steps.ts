/** The questions about Kubernetes version and AMI release. */
import * as l10n from '@vscode/l10n';
import { releaseOptions, versionOptions, versionsWithoutAmi } from '../../nodegroup/choice/options';
import type { Situation, VersionOption } from '../../nodegroup/reading/situation';
import { cannotFollow } from '../../nodegroup/rules/ami';
import { cannotFollowWords, choiceWords, unknownWords } from '../../view/messages/nodegroup';
import { BACK, type Choice, LEFT } from '../../view/wizard/prompts';
import { NOTICE, pickBeside, wizard } from '../../view/wizard/wizard';
import { into, namedQuestion, unlessKnown, type WizardStep } from '../../view/wizard/wizard-steps';

export interface VersionAgain {
  readonly version?: string;
  readonly release?: string;
}

export interface VersionAnswers {
  readonly version: VersionOption;
  /** Undefined: AWS chooses the newest. */
  readonly release: string | undefined;
}

/** The questions about version and AMI release; undefined where the launch template sets the AMI. */
export function versionSteps(
  situation: Situation,
  templateVersion: number | undefined,
  again: VersionAgain | undefined,
): WizardStep<object, VersionAnswers> | undefined {
  const options = versionOptions(situation, templateVersion);
  if (options === undefined) return undefined;
  const option = again && options.find(({ version }) => version === again.version);
  const steps = wizard()
    .and(versionStep(situation, options))
    .branch(['version'], ({ version }) => releaseStep(situation, version), 1);
  return unlessKnown(option && { version: option, release: again?.release }, steps);
}

function versionStep(
  situation: Situation,
  options: readonly VersionOption[],
): WizardStep<object, Pick<VersionAnswers, 'version'>> {
  return namedQuestion('version', async (_answers, ask) => {
    return into(
      await pickBeside<VersionOption>(ask, {
        placeholder: l10n.t('Choose the Kubernetes version for the nodes (now {0})', {
          0: situation.nodegroup.version ?? l10n.t('unknown'),
        }),
        choices: [
          ...options.map((option) => ({
            value: option,
            label: option.version,
            description: [
              option.isControlPlane ? l10n.t("the control plane's") : undefined,
              option.direction === 'same' ? l10n.t('as it is: newer AMI only') : undefined,
              option.direction === 'down' ? l10n.t('downgrade') : undefined,
            ]
              .filter((text) => text !== undefined)
              .join(' · '),
            icon:
              option.direction === 'down' ? 'arrow-down' : option.direction === 'same' ? 'check' : 'arrow-up',
          })),
          ...withoutAmi(situation),
        ],
        active: (value) => value !== NOTICE && (value.isControlPlane || value.direction === 'same'),
        empty: l10n.t('No Kubernetes version is valid for this node group'),
      }),
      (version) => ({ version }),
    );
  });
}

/** Versions that the control plane allows, but for which there is no AMI of this type, are listed as not available. */
function withoutAmi(situation: Situation): readonly Choice<typeof NOTICE>[] {
  const { cluster, nodegroup } = situation;
  const behind = cannotFollow(nodegroup.amiType, cluster.version);
  if (!behind) return [];
  return versionsWithoutAmi(situation).map(({ version, isControlPlane }) => ({
    value: NOTICE,
    label: version,
    description: [...(isControlPlane ? [l10n.t("the control plane's")] : []), cannotFollowWords(behind)].join(
      ' · ',
    ),
    icon: 'circle-slash',
    group: l10n.t('Not for this node group'),
  }));
}

function releaseStep(
  situation: Situation,
  version: VersionOption,
): WizardStep<object, Pick<VersionAnswers, 'release'>> {
  return namedQuestion('release', async (_answers, { prompts, heading }) => {
    const { newest, current, check } = releaseOptions(situation, version);
    const NEWEST = { aws: 'newest' } as const;
    const TYPED = { aws: 'typed' } as const;
    const chosen = await prompts.pick<string | typeof NEWEST | typeof TYPED>(heading, {
      placeholder: l10n.t('Choose the AMI release'),
      choices: [
        newest.known
          ? { value: newest.value, label: newest.value, description: l10n.t('newest'), icon: 'sparkle' }
          : {
              value: NEWEST,
              label: l10n.t('The newest, chosen by AWS'),
              description: unknownWords(newest.why),
              icon: 'sparkle',
            },
        ...(current === undefined || (newest.known && newest.value === current)
          ? []
          : [{ value: current, label: current, description: l10n.t('as it is now'), icon: 'check' }]),
        { value: TYPED, label: l10n.t('Type a release…'), icon: 'edit', always: true },
      ],
    });
    if (chosen === BACK || chosen === LEFT) return chosen;
    if (typeof chosen === 'string') return { release: chosen };
    if (chosen.aws === 'newest') return { release: undefined };
    return into(
      await prompts.input(heading, {
        prompt: l10n.t('AMI release version for Kubernetes {0}', { 0: version.version }),
        value: current ?? '',
        check: (text) => {
          const problem = check(text);
          return problem && choiceWords(problem);
        },
      }),
      (release) => ({ release }),
    );
  });
}
