/**
 * "Check Drain…" and "Ask API Server About Drain…": two ways to find out what keeps a node group or a node
 * from being drained.
 */

import * as l10n from '@vscode/l10n';
import { type AskedPod, askEvictions } from '../../drain/ask-evictions';
import { drainBlockers, movingPods } from '../../drain/blockers';
import { type DrainReading, type DrainTarget, readDrain } from '../../drain/read-drain';
import { present } from '../../model/present';
import { rolloutEstimate } from '../../nodegroup/rules/rollout-estimate';
import type { ShownPage } from '../../view/pages/panels';
import { ASK_BUTTON, drainContent } from '../../view/pages/reads/drain';
import { type Report, withProgress } from '../../view/progress';
import { runWizard } from '../../view/wizard/wizard';
import { into, question, type WizardStep } from '../../view/wizard/wizard-steps';
import { type Found, readShown } from '../reads/read-shown';
import type { NodegroupDeps } from './deps';
import { type DrainPlace, labelOf } from './place';

/** Opens the page that lists the blockers of a drain, for the node group or the node. */
export async function showDrain(place: DrainPlace, deps: NodegroupDeps): Promise<void> {
  await deps.pages.show(drainShown(place, deps));
}

/** Opens the page of {@link showDrain}, and asks the API server for its answers about the drain. */
export async function askDrain(place: DrainPlace, deps: NodegroupDeps): Promise<void> {
  const page = drainShown(place, deps);
  await deps.pages.show(page);
  await page.press(ASK_BUTTON);
}

export function drainShown(place: DrainPlace, deps: NodegroupDeps): ShownPage {
  const { connection, cluster, nodegroup, node } = place;
  const label = labelOf(place);
  let last: Promise<PlaceReading> | undefined;
  const read = (signal: AbortSignal): Promise<PlaceReading> => {
    last = readPlace(place, deps, signal);
    return last;
  };
  return readShown(
    {
      key: {
        kind: 'read',
        of: 'drain',
        connectionId: connection.id,
        path: [cluster, nodegroup, ...(node === undefined ? [] : [node])],
      },
      connection,
      title: l10n.t('Drain of {0}', { 0: label }),
      kind: l10n.t('Drain'),
      heading: label,
      sharesPanel: node !== undefined,
      read: async (signal) => contentOf(await read(signal), deps),
      press: async (button) =>
        button === ASK_BUTTON ? ask(place, deps, (signal) => last ?? read(signal)) : undefined,
    },
    deps,
  );
}

/** Asks for consent, then sends evictions in dry run. Undefined if the user declines. */
async function ask(
  place: DrainPlace,
  deps: NodegroupDeps,
  read: (signal: AbortSignal) => Promise<PlaceReading>,
): Promise<Found | undefined> {
  const label = labelOf(place);
  const title = l10n.t('Ask API Server About Drain of {0}', { 0: label });
  if (!(await runWizard(title, agreeStep, {}, deps.prompts))) return undefined;
  return withProgress(
    l10n.t('Asking the API server about {0}', { 0: label }),
    async (signal: AbortSignal, report: Report) => {
      const reading = await read(signal);
      const { api } = await deps.drains(place.connection, place.cluster);
      const asked = await askEvictions(
        api,
        reading.drain.facts,
        (done, all) => report(l10n.t('{0} of {1} pods', { 0: done, 1: all })),
        signal,
      );
      return contentOf(reading, deps, asked);
    },
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

function contentOf(
  { clusterArn, drain: { facts, unread }, atOnce }: PlaceReading,
  { clock }: NodegroupDeps,
  asked?: readonly AskedPod[],
): Found {
  const content = drainContent({
    clusterArn,
    nodes: facts.nodes.length,
    pods: movingPods(facts).length,
    blockers: drainBlockers(facts, { now: clock.now(), ...(atOnce !== undefined && { atOnce }) }),
    unread,
    ...present({ asked }),
  });
  return () => content;
}
