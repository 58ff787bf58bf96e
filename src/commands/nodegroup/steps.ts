/** The questions of the node group wizard: only what is valid for the chosen node group is offered. */

import * as l10n from '@vscode/l10n';
import type { Connection } from '../../model/connection';
import { cannotFollow } from '../../upgrade/ami';
import { releaseOptions, templateOptions, versionOptions, versionsWithoutAmi } from '../../upgrade/options';
import {
  aroundNodegroup,
  readCluster,
  type Situation,
  type Sources,
  type VersionOption,
} from '../../upgrade/situation';
import { NOTICE, pickBeside } from '../../view/wizard/beside';
import { type Answer, BACK, type Choice, LEFT } from '../../view/wizard/prompts';
import { type Ask, into, type WizardStep } from '../../view/wizard/wizard';
import { cannotFollowWords, choiceWords, unknownWords } from '../../view/words/upgrade';
import { given, type PickedNodegroup } from '../pick';

export interface NodegroupAnswers extends PickedNodegroup {
  readonly situation: Situation;
  /** Version number of the launch template; undefined: as it is. */
  readonly templateVersion: number | undefined;
  /** Undefined where the launch template brings the AMI. */
  readonly version: VersionOption | undefined;
  /** Undefined: AWS takes the newest. */
  readonly release: string | undefined;
  readonly force: boolean;
}

type NodegroupStep = WizardStep<NodegroupAnswers>;

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
): readonly NodegroupStep[] {
  return [
    {
      key: 'situation',
      words: l10n.t('Reading the node group, its versions and the upgrade insights…'),
      read: async ({ connection, eksCluster, nodegroup }, signal) => {
        const from = await sources(given(connection));
        const shared = await readCluster(from.ports, given(eksCluster).name, signal);
        const situation = await aroundNodegroup(from, shared, given(nodegroup), signal);
        return { situation, ...(again && answersAgain(situation, again)) };
      },
    },
    templateStep,
    versionStep,
    releaseStep,
    forceStep,
  ];
}

function answersAgain(
  situation: Situation,
  { version, release, templateVersion, force }: Again,
): Partial<NodegroupAnswers> {
  const option = situation.offered.find((one) => one.version === version);
  const templates = templateOptions(situation)?.versions;
  const isListed = templates?.known && templates.value.some(({ number }) => number === templateVersion);
  return {
    force,
    ...((templateVersion === undefined || isListed) && { templateVersion }),
    ...(option && { version: option, release }),
  };
}

const templateStep: NodegroupStep = {
  key: 'templateVersion',
  when: ({ situation }) => situation === undefined || templateOptions(situation) !== undefined,
  ask: async ({ situation }, { prompts, heading }) => {
    const options = given(templateOptions(given(situation)));
    const keep: Choice<{ readonly kept: true }> = {
      value: { kept: true },
      label: l10n.t('Keep the launch template version'),
      ...(options.current !== undefined && { description: l10n.t('version {0}', { 0: options.current }) }),
      icon: 'check',
      always: true,
    };
    const versions = options.versions;
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
  },
};

const versionStep: NodegroupStep = {
  key: 'version',
  when: ({ situation, templateVersion }) =>
    situation === undefined || versionOptions(situation, templateVersion) !== undefined,
  ask: async ({ situation, templateVersion, nodegroup }, ask) => {
    const options = given(versionOptions(given(situation), templateVersion));
    return into(
      await pickBeside<VersionOption>(ask, {
        placeholder: l10n.t('Choose the Kubernetes version for the nodes (now {0})', {
          0: nodegroup?.version ?? l10n.t('unknown'),
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
          ...withoutAmi(given(situation)),
        ],
        active: (value) => value !== NOTICE && (value.isControlPlane || value.direction === 'same'),
        empty: l10n.t('No Kubernetes version is valid for this node group'),
      }),
      (version) => ({ version }),
    );
  },
};

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

const releaseStep: NodegroupStep = {
  key: 'release',
  when: ({ situation, version }) => situation === undefined || version !== undefined,
  ask: async ({ situation, version }, { prompts, heading }) => {
    const { newest, current, check } = releaseOptions(given(situation), given(version));
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
        prompt: l10n.t('AMI release version for Kubernetes {0}', { 0: given(version).version }),
        value: current ?? '',
        check: (text) => {
          const problem = check(text);
          return problem && choiceWords(problem);
        },
      }),
      (release) => ({ release }),
    );
  },
};

const forceStep: NodegroupStep = {
  key: 'force',
  ask: async (_state, ask) => into(await askForce(ask), (force) => ({ force })),
};

/** Whether pods may be ended that cannot be moved. */
export function askForce({ prompts, heading }: Ask): Promise<Answer<boolean>> {
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
