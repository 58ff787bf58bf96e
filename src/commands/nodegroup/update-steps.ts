/** The questions of the node group wizard, which offer only valid choices for the chosen node group. */
import * as l10n from '@vscode/l10n';
import type { Connection } from '../../model/connection';
import {
  aroundNodegroup,
  readCluster,
  type Situation,
  type Sources,
} from '../../nodegroup/reading/situation';
import { wizard } from '../../view/wizard/wizard';
import { into, namedQuestion, reading, unlessKnown, type WizardStep } from '../../view/wizard/wizard-steps';
import type { PickedNodegroup } from '../pick/eks';
import { type TemplateAgain, type TemplateAnswers, templateStep } from './template-step';
import { type VersionAgain, type VersionAnswers, versionSteps } from './version-steps';

/**
 * The answers to the questions about an update. `templateVersion` is absent if the node group was created
 * without a launch template; `version` and `release` are absent if the launch template sets the AMI.
 */
export interface UpdateAnswers extends Partial<TemplateAnswers>, Partial<VersionAnswers> {
  readonly situation: Situation;
  readonly force: boolean;
}

/**
 * The answers in the request of an earlier update of the node group. They are used again as far as they are
 * still offered.
 */
export interface Again extends TemplateAgain, VersionAgain {
  readonly force: boolean;
}

/** @param again an earlier update: its answers are used without a question if they are still offered */
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

/** Asks whether pods that cannot be moved may be ended. */
export const forceStep = namedQuestion<object, Pick<UpdateAnswers, 'force'>>(
  'force',
  async (_answers, { prompts, heading }) =>
    into(
      await prompts.pick<boolean>(heading, {
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
      }),
      (force) => ({ force }),
    ),
);
