/** The questions that lead to a kdb cluster: environment, then cluster. */
import * as l10n from '@vscode/l10n';
import { allItems } from '../../model/page';
import { phaseIcon, statusWords } from '../../view/messages/phase';
import type { Choice } from '../../view/wizard/prompts';
import { wizard } from '../../view/wizard/wizard';
import { derived, into, question, unlessKnown, type WizardStep } from '../../view/wizard/wizard-steps';
import type { Ports } from '../ports';
import type { PickedConnection } from './connection';
import type { NamedPlace, TargetPicks } from './target-picks';

export const kdbClusterPicks: TargetPicks = {
  title: () => l10n.t('A kdb cluster'),
  icon: 'database',
  steps: (ports, [environmentId, cluster]) =>
    wizard<PickedConnection>()
      .and(unlessKnown(environmentId === undefined ? undefined : { environmentId }, environmentStep(ports)))
      .and(unlessKnown(cluster === undefined ? undefined : { cluster }, clusterStep(ports)))
      .and(derived((answers) => ({ path: [answers.environmentId, answers.cluster] }))),
  every: everyCluster,
  none: () => l10n.t('There are no kdb clusters in this region'),
  within: (node) => {
    switch (node.kind) {
      case 'kdb-cluster':
        return [node.parent.environment.id, node.summary.name];
      case 'environment':
        return [node.environment.id];
      default:
        return undefined;
    }
  },
};

interface InEnvironment {
  readonly environmentId: string;
}

function environmentStep(ports: Ports): WizardStep<PickedConnection, InEnvironment> {
  return question(async ({ connection }, { prompts, heading }) =>
    into(
      await prompts.pick(heading, {
        placeholder: l10n.t('Choose a kdb environment'),
        choices: async (signal) => {
          const { finspace } = await ports(connection);
          const environments = await allItems((next) => finspace.listEnvironments(next, signal));
          return environments.map(({ id, name, phase, status }) => ({
            value: id,
            label: name,
            description: phase === 'ready' ? id : statusWords(status),
            icon: phaseIcon(phase, 'server-environment').replace('~spin', ''),
          }));
        },
        empty: l10n.t('There are no kdb environments in this region'),
      }),
      (environmentId) => ({ environmentId }),
    ),
  );
}

function clusterStep(
  ports: Ports,
): WizardStep<PickedConnection & InEnvironment, { readonly cluster: string }> {
  return question(async ({ connection, environmentId }, { prompts, heading }) =>
    into(
      await prompts.pick(heading, {
        placeholder: l10n.t('Choose a cluster'),
        choices: async (signal) => {
          const { finspace } = await ports(connection);
          const clusters = await allItems((next) => finspace.listClusters(environmentId, next, signal));
          return clusters.map(({ name, type, phase, status }) => ({
            value: name,
            label: name,
            description: [type, statusWords(status)].join(' · '),
            icon: phaseIcon(phase, 'database').replace('~spin', ''),
          }));
        },
        empty: l10n.t('There are no clusters in this environment'),
      }),
      (cluster) => ({ cluster }),
    ),
  );
}

/** The clusters of all environments. */
async function everyCluster(
  connection: PickedConnection['connection'],
  ports: Ports,
  signal: AbortSignal,
): Promise<readonly Choice<NamedPlace>[]> {
  const { finspace } = await ports(connection);
  const environments = await allItems((next) => finspace.listEnvironments(next, signal));
  const lists = await Promise.all(
    environments.map(async ({ id, name: environment }) => {
      const clusters = await allItems((next) => finspace.listClusters(id, next, signal));
      return clusters.map(({ name, type, status, phase }) => ({
        value: { path: [id, name], label: `${environment} / ${name}` },
        label: name,
        description: [type, statusWords(status)].join(' · '),
        icon: phaseIcon(phase, 'database').replace('~spin', ''),
        group: environment,
      }));
    }),
  );
  return lists.flat();
}
