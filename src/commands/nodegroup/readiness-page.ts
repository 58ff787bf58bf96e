/**
 * "Show Upgrade Readiness…": a page that is read again while it is shown, with the actions of its buttons.
 */

import * as l10n from '@vscode/l10n';
import { connectionFromId } from '../../model/connection';
import { present } from '../../model/present';
import { consoleUrl } from '../../view/console-url';
import { loginOf, runLogin } from '../../view/login';
import type { PageKey } from '../../view/pages/page-key';
import type { ShownPage } from '../../view/pages/panels';
import { readinessPage } from '../../view/pages/readiness/readiness-page';
import { READINESS_BUTTON as BUTTON, type ShownReadiness } from '../../view/pages/readiness/shown-readiness';
import { READ_BUTTON } from '../../view/pages/reads/read-page';
import { connectionLabel } from '../../view/resources/kinds/connection';
import { EKS_CLUSTER } from '../../view/resources/kinds/eks-cluster';
import { openWebPage } from '../../view/web-page';
import type { NodegroupDeps } from './deps';
import { showDrain } from './drain';
import { type ClusterPlace, knownFromPlace, type NodegroupPlace } from './place';
import { exportReadiness } from './readiness';
import { insightsShown } from './show';
import { updateNodegroup } from './update';
import { READINESS_INTERVAL_MS, WatchedReadiness } from './watched-readiness';

type ReadinessKey = Extract<PageKey, { readonly kind: 'readiness' }>;

export async function showReadiness(place: ClusterPlace, deps: NodegroupDeps): Promise<void> {
  if (!deps.pages.reveal(keyOf(place))) await deps.pages.show(readinessShown(place, deps));
}

/** The readiness page that VS Code restored; undefined where the key does not name a connection. */
export function restoredReadiness(
  { connectionId, cluster }: ReadinessKey,
  deps: NodegroupDeps,
): ShownPage | undefined {
  const connection = connectionFromId(connectionId);
  return connection && readinessShown({ connection, cluster }, deps);
}

function keyOf({ connection, cluster }: ClusterPlace): ReadinessKey {
  return { kind: 'readiness', connectionId: connection.id, cluster };
}

function readinessShown(place: ClusterPlace, deps: NodegroupDeps): ShownPage {
  const { connection, cluster } = place;
  const key = keyOf(place);
  const watched = new WatchedReadiness(
    cluster,
    {
      attention: () => deps.attentionSources.of(connection),
      inside: () => deps.drains(connection, cluster),
      clock: deps.clock,
    },
    () => deps.pages.refresh(key),
  );
  return {
    key,
    title: l10n.t('Readiness of {0}', { 0: cluster }),
    content: () => readinessPage(shownOf(place, watched, deps)),
    visible: (isVisible) => (isVisible ? watched.start() : watched.stop()),
    press: (button) => press(button, place, watched, deps),
    closed: () => watched.stop(),
  };
}

function shownOf(
  { connection, cluster }: ClusterPlace,
  { readiness, drains, isReading, failure }: WatchedReadiness,
  { notify }: NodegroupDeps,
): ShownReadiness {
  const groups = readiness?.nodegroups.read ?? [];
  return {
    cluster,
    connection: connectionLabel(connection),
    drains: groups.map(({ nodegroup: { name } }) => {
      const check = drains.get(name);
      return { nodegroup: name, ...(check && { check }) };
    }),
    isReading,
    everyMinutes: READINESS_INTERVAL_MS / 60_000,
    ...present({ readiness }),
    ...(failure && { failure: { why: notify.words(failure), canSignIn: loginOf(failure) !== undefined } }),
  };
}

async function press(
  button: string,
  place: ClusterPlace,
  watched: WatchedReadiness,
  deps: NodegroupDeps,
): Promise<void> {
  switch (button) {
    case READ_BUTTON.refresh:
    case READ_BUTTON.tryAgain:
      watched.refresh();
      return;
    case BUTTON.export:
      return exportReadiness(place, deps);
    case BUTTON.insights:
      return deps.pages.show(insightsShown(place, deps));
    case BUTTON.console:
      return openConsole(place);
    case READ_BUTTON.signIn: {
      const login = watched.failure && loginOf(watched.failure);
      if (login === undefined) return;
      await runLogin(login);
      watched.refresh();
      return;
    }
    default:
      return pressOfGroup(button, place, deps);
  }
}

/** Runs a button about one node group: the button's id ends with the name of the group. */
async function pressOfGroup(button: string, place: ClusterPlace, deps: NodegroupDeps): Promise<void> {
  const at = (prefix: string): NodegroupPlace | undefined =>
    button.startsWith(prefix) ? { ...place, nodegroup: button.slice(prefix.length) } : undefined;
  const update = at(BUTTON.update);
  const drain = at(BUTTON.drain);
  const health = at(BUTTON.health);
  if (update)
    await updateNodegroup(await knownFromPlace(update, deps.ports, new AbortController().signal), deps);
  if (drain) await showDrain(drain, deps);
  if (health) await deps.showPage(health);
}

async function openConsole({ connection: { region }, cluster }: ClusterPlace): Promise<void> {
  const { console: page } = EKS_CLUSTER;
  if (page) await openWebPage(consoleUrl(page, region, [cluster]));
}
