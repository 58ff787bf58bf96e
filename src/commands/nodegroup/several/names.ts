/** Which node groups an update of several is about: looked for in clusters, outdated ones ticked from the start. */
import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../model/connection';
import { allItems } from '../../../model/page';
import type { Surveyed } from '../../../upgrade/looks';
import { type NodegroupName, outdatedOf } from '../../../upgrade/several/outdated';
import { type Answer, BACK, type Choice, LEFT } from '../../../view/wizard/prompts';
import { type Ask, into, type WizardStep } from '../../../view/wizard/wizard';
import { clustersWords } from '../../../view/words/counts';
import { attentionBadge } from '../../../view/words/upgrade';
import { given, type PickedConnection } from '../../pick';
import type { NodegroupDeps } from '../deps';

export interface NamesAnswers extends PickedConnection {
  /** Clusters to look into; undefined: all of the connection. */
  readonly clusters: readonly string[] | undefined;
  readonly surveyed: readonly Surveyed[];
  readonly names: readonly NodegroupName[];
}

export function namesSteps<S extends NamesAnswers>({
  ports,
  looks,
}: Pick<NodegroupDeps, 'ports' | 'looks'>): readonly WizardStep<S>[] {
  const steps: readonly WizardStep<NamesAnswers>[] = [
    {
      key: 'clusters',
      when: ({ names }) => names === undefined,
      ask: async ({ connection }, { prompts, heading }) =>
        into(
          await prompts.pick<readonly string[] | { readonly all: true }>(heading, {
            placeholder: l10n.t('Choose where to look for outdated node groups'),
            choices: async (signal) => {
              const { eks } = await ports(given(connection));
              const names = await allItems((next) => eks.listClusters(next, signal));
              return [
                {
                  value: { all: true },
                  label: l10n.t('All EKS clusters of this connection'),
                  description: clustersWords(names.length),
                  icon: 'globe',
                },
                ...names.map((name) => ({ value: [name], label: name, icon: 'layers' })),
              ];
            },
          }),
          (clusters) => ({ clusters: 'all' in clusters ? undefined : clusters }),
        ),
    },
    {
      key: 'surveyed',
      when: ({ names }) => names === undefined,
      words: l10n.t('Looking for what is outdated…'),
      read: async ({ connection, clusters }, signal) => ({
        surveyed: await survey(given(connection), clusters, looks, signal),
      }),
    },
    {
      key: 'names',
      ask: async ({ surveyed }, ask) => into(await askNames(given(surveyed), ask), (names) => ({ names })),
    },
  ];
  return steps as unknown as readonly WizardStep<S>[];
}

async function survey(
  connection: Connection,
  clusters: readonly string[] | undefined,
  looks: NodegroupDeps['looks'],
  signal: AbortSignal,
): Promise<readonly Surveyed[]> {
  const found: Surveyed[] = [];
  for await (const one of (await looks.of(connection)).survey(clusters, signal)) found.push(one);
  return found;
}

/** Asks until at least one is ticked. */
async function askNames(
  surveyed: readonly Surveyed[],
  { prompts, heading }: Ask,
): Promise<Answer<readonly NodegroupName[]>> {
  const outdated = new Set(outdatedOf(surveyed).map(keyOf));
  const unread = surveyed.filter(({ kind }) => kind === 'failed').length;
  const question = l10n.t('Choose the node groups to update; outdated ones are ticked');
  for (;;) {
    const names = await prompts.pickMany<NodegroupName>(heading, {
      placeholder:
        unread === 0 ? question : l10n.t('{0} ({1} could not be read)', { 0: question, 1: unread }),
      choices: surveyed.flatMap(choiceOf),
      picked: (name) => outdated.has(keyOf(name)),
      empty: l10n.t('There are no managed node groups here'),
    });
    if (names === BACK || names === LEFT || names.length > 0) return names;
  }
}

function keyOf({ cluster, nodegroup }: NodegroupName): string {
  return `${cluster}/${nodegroup}`;
}

function choiceOf(one: Surveyed): readonly Choice<NodegroupName>[] {
  if (one.kind !== 'nodegroup') return [];
  const { cluster, nodegroup, attention } = one;
  return [
    {
      value: { cluster: cluster.name, nodegroup: nodegroup.name },
      label: nodegroup.name,
      description: [
        nodegroup.version ?? l10n.t('own AMI'),
        ...attention.items.map((item) => attentionBadge(item)),
      ].join(' · '),
      group: l10n.t('{0}, Kubernetes {1}', { 0: cluster.name, 1: cluster.version }),
    },
  ];
}
