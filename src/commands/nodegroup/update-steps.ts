/** The questions of the node group wizard: only what is valid for the chosen node group is offered. */

import * as l10n from '@vscode/l10n';
import type { Connection } from '../../model/connection';
import { cannotFollow } from '../../upgrade/ami';
import {
  releaseOptions,
  type TemplateOptions,
  templateOptions,
  versionOptions,
  versionsWithoutAmi,
} from '../../upgrade/options';
import {
  aroundNodegroup,
  readCluster,
  type Situation,
  type Sources,
  type VersionOption,
} from '../../upgrade/situation';
import { NOTICE, pickBeside } from '../../view/wizard/beside';
import { type Answer, BACK, type Choice, LEFT } from '../../view/wizard/prompts';
import { wizard } from '../../view/wizard/wizard';
import {
  type Ask,
  into,
  question,
  reading,
  unlessKnown,
  type WizardStep,
} from '../../view/wizard/wizard-steps';
import { cannotFollowWords, choiceWords, unknownWords } from '../../view/words/upgrade';
import type { PickedNodegroup } from '../pick';

export interface UpdateAnswers {
  readonly situation: Situation;
  /** Version number of the launch template; absent: as it is. */
  readonly templateVersion?: number | undefined;
  /** Absent where the launch template brings the AMI. */
  readonly version?: VersionOption;
  /** Absent: AWS takes the newest. */
  readonly release?: string | undefined;
  readonly force: boolean;
}

/** What an earlier update of the node group asked for, so that it can be asked for again. */
export interface Again {
  readonly version?: string;
  readonly release?: string;
  readonly templateVersion?: number;
  readonly force: boolean;
}

/** @param again answers the questions whose earlier answer is still offered. */
export function nodegroupUpdateSteps(
  sources: (connection: Connection) => Promise<Sources>,
  again?: Again,
): WizardStep<PickedNodegroup, UpdateAnswers> {
  return wizard<PickedNodegroup>()
    .and(situationStep(sources))
    .when(['situation'], ({ situation }) => templateStep(situation, again), 1)
    .when(
      ['situation', 'templateVersion'],
      ({ situation, templateVersion }) => versionSteps(situation, templateVersion, again),
      2,
    )
    .and(unlessKnown(again && { force: again.force }, forceStep));
}

function situationStep(
  sources: (connection: Connection) => Promise<Sources>,
): WizardStep<PickedNodegroup, Pick<UpdateAnswers, 'situation'>> {
  return reading(
    l10n.t('Reading the node group, its versions and the upgrade insights…'),
    async ({ connection, eksCluster, nodegroup }, signal) => {
      const from = await sources(connection);
      const shared = await readCluster(from.ports, eksCluster.name, signal);
      return { situation: await aroundNodegroup(from, shared, nodegroup, signal) };
    },
  );
}

type TemplateAnswer = { readonly templateVersion: number | undefined };

/** Undefined where there is no launch template to choose a version of. */
function templateStep(
  situation: Situation,
  again: Again | undefined,
): WizardStep<object, TemplateAnswer> | undefined {
  const options = templateOptions(situation);
  return (
    options && unlessKnown(again && templateAgain(options, again.templateVersion), templateQuestion(options))
  );
}

function templateAgain(
  { versions }: TemplateOptions,
  templateVersion: number | undefined,
): TemplateAnswer | undefined {
  const isListed = versions.known && versions.value.some(({ number }) => number === templateVersion);
  return templateVersion === undefined || isListed ? { templateVersion } : undefined;
}

function templateQuestion(options: TemplateOptions): WizardStep<object, TemplateAnswer> {
  return question(async (_answers, { prompts, heading }) => {
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
            ...(version.description !== undefined && { detail: version.description }),
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

interface VersionAnswers {
  readonly version: VersionOption;
  readonly release: string | undefined;
}

/** Version and AMI release; undefined where the launch template brings the AMI. */
function versionSteps(
  situation: Situation,
  templateVersion: number | undefined,
  again: Again | undefined,
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
  return question(async (_answers, ask) => {
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

/** What the control plane would allow and the AMI type does not have is said, not left out. */
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
  return question(async (_answers, { prompts, heading }) => {
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

export const forceStep = question<object, Pick<UpdateAnswers, 'force'>>(async (_answers, ask) =>
  into(await askForce(ask), (force) => ({ force })),
);

/** Whether pods may be ended that cannot be moved. */
function askForce({ prompts, heading }: Ask): Promise<Answer<boolean>> {
  return prompts.pick<boolean>(heading, {
    placeholder: l10n.t('Choose what happens to pods that cannot be moved'),
    choices: [
      {
        value: false,
        label: l10n.t('Respect disruption budgets'),
        detail: l10n.t(
          'A node is drained for up to 15 minutes. If a pod cannot be moved, the update fails and the node stays.',
        ),
        icon: 'shield',
      },
      {
        value: true,
        label: l10n.t('Force'),
        detail: l10n.t(
          'After 15 minutes the node is ended with the pods that are still on it, disruption budgets or not.',
        ),
        icon: 'zap',
      },
    ],
  });
}
