/** "Check Drain…" and "Ask API Server About Drain…": what holds the pods of a node group or a node, by two readings. */
import * as l10n from '@vscode/l10n';
import { type AskedPod, askEvictions } from '../../drain/ask-evictions';
import { drainBlockers, movingPods } from '../../drain/blockers';
import { type DrainReading, type DrainTarget, readDrain } from '../../drain/read-drain';
import { rolloutEstimate } from '../../nodegroup/rollout-estimate';
import { drainPage } from '../../view/documents/drain';
import { podsWords } from '../../view/messages/nodegroup/counts';
import { type Report, withProgress } from '../../view/progress';
import { runWizard } from '../../view/wizard/wizard';
import { into, question, type WizardStep } from '../../view/wizard/wizard-steps';
import type { NodegroupDeps } from './deps';
import { type DrainPlace, labelOf } from './place';

/** Reads the cluster and shows what would hold a drain of the node group, or of the node. */
export async function showDrain(place: DrainPlace, deps: NodegroupDeps): Promise<void> {
  const reading = await withProgress(
    l10n.t('Looking for what would hold a drain of {0}', { 0: labelOf(place) }),
    (signal) => readPlace(place, deps, signal),
  );
  await show(place, reading, deps);
  const pods = movingPods(reading.drain.facts).length;
  if (pods === 0) return;
  void deps.notify.succeeded(
    l10n.t('{0}: {1} would have to move. The API server can be asked about each of them.', {
      0: labelOf(place),
      1: podsWords(pods),
    }),
    [
      {
        label: l10n.t('Ask API Server…'),
        run: () =>
          askDrain(place, deps).catch((thrown: unknown) =>
            deps.notify.failed(l10n.t('ask the API server about {0}', { 0: labelOf(place) }), thrown),
          ),
      },
    ],
  );
}

/** Says what is sent, then sends evictions in dry run, and shows the answers beside our own reading. */
export async function askDrain(place: DrainPlace, deps: NodegroupDeps): Promise<void> {
  const label = labelOf(place);
  const title = l10n.t('Ask API Server About Drain of {0}', { 0: label });
  if (!(await runWizard(title, agreeStep, {}, deps.prompts))) return;
  await withProgress(l10n.t('Asking the API server about {0}', { 0: label }), (signal, report) =>
    ask(place, deps, signal, report),
  );
}

const agreeStep: WizardStep<object, { readonly isAgreed: true }> = question(
  async (_answers, { prompts, heading }) =>
    into(
      await prompts.pick<true>(heading, {
        placeholder: l10n.t('Nothing is changed: evictions are sent in dry run'),
        choices: [
          {
            value: true,
            label: l10n.t('Ask'),
            detail: l10n.t(
              'One request for each pod that has to move, at most five a second. It takes the permission to create pods/eviction, which permits real evictions, too.',
            ),
            icon: 'question',
          },
        ],
      }),
      (isAgreed) => ({ isAgreed }),
    ),
);

async function ask(
  place: DrainPlace,
  deps: NodegroupDeps,
  signal: AbortSignal,
  report: Report,
): Promise<void> {
  const reading = await readPlace(place, deps, signal);
  const { api } = await deps.drains(place.connection, place.cluster);
  const asked = await askEvictions(
    api,
    reading.drain.facts,
    (done, all) => report(l10n.t('{0} of {1} pods', { 0: done, 1: all })),
    signal,
  );
  await show(place, reading, deps, asked);
}

interface PlaceReading {
  readonly clusterArn: string;
  readonly drain: DrainReading;
  readonly atOnce?: number;
}

async function readPlace(
  { connection, cluster, nodegroup, node }: DrainPlace,
  { drains, ports }: NodegroupDeps,
  signal: AbortSignal,
): Promise<PlaceReading> {
  const { eks } = await ports(connection);
  const target: DrainTarget = node === undefined ? { nodegroup } : { node };
  const [{ arn }, group, drain] = await Promise.all([
    eks.describeCluster(cluster, signal),
    eks.describeNodegroup(cluster, nodegroup, signal),
    drains(connection, cluster).then((sources) => readDrain(sources, target, signal)),
  ]);
  const atOnce = node === undefined ? rolloutEstimate(group, undefined).parallel?.most : 1;
  return { clusterArn: arn, drain, ...(atOnce !== undefined && { atOnce }) };
}

async function show(
  place: DrainPlace,
  { clusterArn, drain: { facts, unread }, atOnce }: PlaceReading,
  { documents, clock }: NodegroupDeps,
  asked?: readonly AskedPod[],
): Promise<void> {
  const label = labelOf(place);
  const now = clock.now();
  const text = drainPage({
    label,
    clusterArn,
    readAt: now,
    nodes: facts.nodes.length,
    pods: movingPods(facts).length,
    blockers: drainBlockers(facts, { now, ...(atOnce !== undefined && { atOnce }) }),
    unread,
    ...(asked && { asked }),
  });
  await documents.showMarkdown(l10n.t('Drain of {0}', { 0: label.replaceAll('/', '·') }), () => text);
}
