/** The buttons that help after an update of a node group has failed, and the action of each. */

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { present } from '../../model/present';
import { VERSION_KIND } from '../../nodegroup/apply/apply';
import { CONFIG_KIND } from '../../nodegroup/apply/config';
import { insideOf } from '../../nodegroup/inside/inside';
import { readRecord } from '../../nodegroup/plan/record';
import { type FollowUp, safestFirst } from '../../nodegroup/remedies/remedy';
import { requestErrorRemedy } from '../../nodegroup/remedies/request-errors';
import { closerLooks, updateErrorRemedy } from '../../nodegroup/remedies/update-errors';
import type { Operation } from '../../operations/operation';
import { followUpWords } from '../../view/messages/nodegroup';
import type { Remedy } from '../../view/notify';
import { consoleOfOperation } from '../../view/resources/console';
import { openWebPage } from '../../view/web-page';
import { updateErrors } from '../outcome';
import { LOOKS } from './check-lines';
import type { NodegroupDeps } from './deps';
import { followRunning } from './follow';
import { knownFromPlace, type NodegroupPlace, placeOfOperation } from './place';
import { showHeldPods } from './read-pods';
import { editUpdateSettings } from './settings';
import { type Repeat, updateNodegroup } from './update';

export interface FollowUpDeps extends NodegroupDeps {
  /** Reads the row of the node group again. */
  readonly refresh: (place: NodegroupPlace) => void;
}

/**
 * The buttons that help after an update of a node group; none for an operation that succeeded or is not about
 * a node group.
 */
export function remediesOf(operation: Operation, deps: FollowUpDeps): readonly Remedy[] {
  const place = placeOfOperation(operation);
  if (!place) return [];
  const actions = actionsOf(operation)
    .filter((action) => action !== 'open-in-console' || place.connection.source.kind === 'profile')
    .filter((action) => action !== 'show-held-pods' || insideOf(operation)?.held);
  const ids = updateErrors(operation.outcome?.facts ?? {}).flatMap(({ resourceIds }) => resourceIds);
  return [
    ...actions.map((action) =>
      button(followUpWords(action), () => followUp(action, operation, place, deps), deps),
    ),
    // If there are several other remedies, the ids are shown only on the operation's page.
    ...(ids.length === 0 || actions.length > 1
      ? []
      : [button(l10n.t('Copy Ids'), async () => vscode.env.clipboard.writeText(ids.join('\n')), deps)]),
  ];
}

/**
 * Plans the operation's update again. A version update that Slipway planned keeps its answers, if they are
 * still offered; for any other update, the questions are asked anew.
 * @param force the value for a version update; absent: the same value as in the operation
 */
export async function tryAgain(operation: Operation, deps: NodegroupDeps, force?: boolean): Promise<void> {
  const place = placeOfOperation(operation);
  if (!place) return;
  const known = await knownFromPlace(place, deps.ports, new AbortController().signal);
  if (operation.kind === CONFIG_KIND) await editUpdateSettings(known, deps);
  else await updateNodegroup(known, deps, repeatOf(operation, force));
}

function actionsOf({ outcome }: Operation): readonly FollowUp[] {
  if (!outcome) return [];
  const { failure, facts = {}, state } = outcome;
  const asked = failure && requestErrorRemedy(failure);
  return safestFirst([
    ...(asked ? [asked.action] : []),
    ...(state === 'drifted' ? (['try-again'] as const) : []),
    ...updateErrors(facts).flatMap(({ code }) => [...closerLooks(code), updateErrorRemedy(code).action]),
  ]);
}

function button(label: string, run: () => Promise<void>, { notify }: NodegroupDeps): Remedy {
  return {
    label,
    run: () =>
      run().catch((thrown: unknown) => notify.failed(l10n.t('carry out "{0}"', { 0: label }), thrown)),
  };
}

async function followUp(
  action: FollowUp,
  operation: Operation,
  place: NodegroupPlace,
  deps: FollowUpDeps,
): Promise<void> {
  const known = (): ReturnType<typeof knownFromPlace> =>
    knownFromPlace(place, deps.ports, new AbortController().signal);
  switch (action) {
    case 'try-again':
      return tryAgain(operation, deps);
    case 'try-again-with-force':
      return tryAgain(operation, deps, true);
    case 'choose-again':
      return operation.kind === CONFIG_KIND
        ? editUpdateSettings(await known(), deps)
        : updateNodegroup(await known(), deps);
    case 'edit-update-settings':
      return editUpdateSettings(await known(), deps);
    case 'follow-running-update':
      return followRunning(place, deps);
    case 'refresh':
      return deps.refresh(place);
    case 'copy-details':
      return void (await vscode.env.clipboard.writeText(JSON.stringify(operation.outcome, null, 2)));
    case 'open-in-console': {
      const address = consoleOfOperation(operation);
      if (address !== undefined) await openWebPage(address);
      return;
    }
    case 'show-held-pods':
      return showHeldPods(operation, place, deps);
    case 'check-drain':
    case 'open-health-issues':
    case 'show-insights':
    case 'show-launch-template':
    case 'show-subnets':
      return LOOKS[action].show(place, deps);
  }
}

/**
 * The answers in the request of a version update that Slipway planned; undefined for other operations, and
 * for an update that was started elsewhere.
 */
function repeatOf({ id, kind, plan, request }: Operation, force: boolean | undefined): Repeat | undefined {
  if (kind !== VERSION_KIND || (!request && isElsewhere(plan))) return undefined;
  const asked = readRecord(plan).request;
  const templateVersion = asked.launchTemplate?.version;
  return {
    origin: id,
    force: force ?? asked.force ?? false,
    ...present({ version: asked.version, release: asked.releaseVersion }),
    ...(templateVersion !== undefined && { templateVersion: Number(templateVersion) }),
  };
}

function isElsewhere(plan: Operation['plan']): boolean {
  return plan instanceof Object && 'startedElsewhere' in plan;
}
