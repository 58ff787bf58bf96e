/** The content of the page of each kind of thing. */
import * as l10n from '@vscode/l10n';
import type { Connection } from '../../model/connection';
import type { HealthIssue } from '../../model/eks';
import type { Failure } from '../../model/failure';
import { healthIssueRemedy } from '../../nodegroup/remedies/health-issues';
import type { FollowUp } from '../../nodegroup/remedies/remedy';
import { managersOf } from '../../nodegroup/rules/managers';
import { rolloutEstimate } from '../../nodegroup/rules/rollout-estimate';
import { failureWords } from '../../view/messages/failure';
import { healthIssueParts } from '../../view/messages/nodegroup';
import type { Finding, PageButton } from '../../view/pages/page';
import type { ShownIssue } from '../../view/pages/things/attention';
import { commandButton, copyButton, lookButton } from '../../view/pages/things/buttons';
import { eksClusterThing } from '../../view/pages/things/eks-cluster';
import { environmentThing } from '../../view/pages/things/environment';
import type { Inner } from '../../view/pages/things/inner';
import { kdbClusterThing } from '../../view/pages/things/kdb-cluster';
import { listedThing } from '../../view/pages/things/listed';
import { nodegroupThing } from '../../view/pages/things/nodegroup';
import type { ThingContent } from '../../view/pages/things/thing';
import { workloadThing } from '../../view/pages/things/workload';
import type { Branch } from '../../view/resources/branch-rows';
import { isInConsole } from '../../view/resources/console';
import { failureRemedy, REMEDY_COMMANDS } from '../../view/resources/failure-remedy';
import type { NodegroupNode } from '../../view/resources/kinds/nodegroup';
import type { ListedNode } from '../../view/resources/kinds/table';
import { type BranchNode, isListed, type PagedNode } from '../../view/resources/node';
import { isUnread, type PagedRows } from '../../view/resources/paged-rows';
import { connectionNodeOf } from '../../view/resources/row';
import { workloadRuns } from '../target-kinds';

export interface ContentParts {
  readonly paged: Pick<PagedRows, 'inner'>;
  /** True if one of Slipway's operations on the thing is running. */
  readonly isFollowed: boolean;
  /**
   * What Slipway is doing to each thing inside this one, such as `deploying`; the keys are the names of the inner
   * things.
   */
  readonly busy: Inner['busy'];
  /** Why the page's other data than the row's, such as the things inside this one, could not be read. */
  readonly notRead?: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

type ContentOf<N extends PagedNode> = (row: N, parts: ContentParts) => ThingContent;

/**
 * The functions that make the whole content of a page, by the kind of thing. For all other kinds,
 * {@link listedThing} makes the content.
 */
const CONTENTS: { readonly [N in Exclude<PagedNode, ListedNode> as N['kind']]: ContentOf<N> } = {
  'eks-cluster': (row, parts) =>
    eksClusterThing(row, {
      issues: issuesOf(row.details?.health ?? [], row),
      nodegroups: innerOf(row, parts),
    }),
  nodegroup: (row, { isFollowed, now }) =>
    nodegroupThing(
      row,
      { ...workedOut(row), issues: issuesOf(row.details?.health ?? [], row), isFollowed },
      now,
    ),
  workload: (row, { now }) => workloadThing(row, workloadRuns(row.item.workload), now),
};

type Addition<N extends ListedNode> = (plain: ThingContent, row: N, parts: ContentParts) => ThingContent;

/**
 * The functions that extend the content that {@link listedThing} made, by the kind of thing. A kind has no entry if its
 * page shows nothing beyond that content.
 */
const ADDITIONS: { readonly [N in ListedNode as N['kind']]?: Addition<N> } = {
  environment: (plain, row, parts) => environmentThing(plain, innerOf(row, parts)),
  'kdb-cluster': (plain, row, { notRead }) =>
    kdbClusterThing(plain, notRead === undefined ? row.details : { notRead }),
};

export function contentOf(row: PagedNode, parts: ContentParts): ThingContent {
  if (!isListed(row)) return (CONTENTS[row.kind] as ContentOf<typeof row>)(row, parts);
  const plain = listedThing(row, parts.now);
  const add = ADDITIONS[row.kind] as Addition<ListedNode> | undefined;
  return add ? add(plain, row, parts) : plain;
}

/**
 * A finding with the reason why something could not be read, and the button that helps.
 * @param at distinguishes the button from others on the page
 */
export function failureFinding(failure: Failure, { source }: Connection, at: string): Finding {
  const remedy = failureRemedy(failure, source.kind);
  const command = REMEDY_COMMANDS[remedy];
  return {
    tone: 'error',
    verdict: l10n.t('unreadable'),
    title: failureWords(failure),
    buttons: [
      commandButton(command === 'slipway.resources.tryAgain' ? 'slipway.resources.refreshRow' : command, at),
    ],
  };
}

/**
 * A finding that says why something was not read, with a button that reads it.
 * @param at as in {@link failureFinding}
 */
export function unknownFinding(why: string, at: string): Finding {
  return {
    tone: 'unknown',
    verdict: l10n.t('Unknown'),
    title: why,
    buttons: [commandButton('slipway.resources.refreshRow', at)],
  };
}

/** The things inside a row's thing, and how far their list has been read. */
function innerOf<N extends PagedNode & { readonly parent: P }, P extends BranchNode & PagedNode>(
  row: P,
  { paged, busy, notRead }: ContentParts,
): Inner<N> {
  const branch = paged.inner(row);
  const { rows, fetching, next, failure }: Branch = branch ?? { rows: [] };
  const isLeftUnread = notRead !== undefined && isUnread(branch);
  return {
    rows: rows as readonly PagedNode[] as readonly N[],
    isReading: fetching !== undefined || isUnread(branch),
    hasMore: next !== undefined,
    busy,
    ...(isLeftUnread && { failure: unknownFinding(notRead, 'inner') }),
    ...(failure && { failure: failureFinding(failure, connectionNodeOf(row).connection, 'inner') }),
  };
}

function workedOut({
  details,
  parent,
}: NodegroupNode): Pick<Parameters<typeof nodegroupThing>[1], 'pace' | 'managers'> {
  if (!details) return { managers: [] };
  const cluster = parent.details;
  return {
    // Estimated without the subnets: to read them takes another request, and they matter only for the number of
    // nodes that an update adds.
    pace: rolloutEstimate(details, undefined),
    managers: cluster ? managersOf(details, cluster) : [],
  };
}

function issuesOf(issues: readonly HealthIssue[], row: PagedNode): readonly ShownIssue[] {
  return issues.map((issue, at): ShownIssue => {
    const remedy = healthIssueRemedy(issue.code);
    return {
      ...healthIssueParts(issue, remedy),
      resourceIds: issue.resourceIds,
      button: issueButton(remedy.action, issue, row, `issue-${at}`),
    };
  });
}

/**
 * The button for a thing's issue. The issue belongs to no operation, so the button acts on the thing's row.
 */
function issueButton(action: FollowUp, issue: HealthIssue, row: PagedNode, at: string): PageButton {
  const refresh = commandButton('slipway.resources.refreshRow', at);
  const inGroup = (button: PageButton): PageButton => (row.kind === 'nodegroup' ? button : refresh);
  switch (action) {
    case 'open-in-console':
      return isInConsole(row) ? commandButton('slipway.resources.openInConsole', at) : refresh;
    case 'check-drain':
      return inGroup(commandButton('slipway.nodegroup.checkDrain', at));
    case 'choose-again':
    case 'try-again':
    // The button opens a plan. The plan offers force, but never as the first choice.
    case 'try-again-with-force':
      return inGroup(commandButton('slipway.nodegroup.update', at));
    case 'edit-update-settings':
      return inGroup(commandButton('slipway.nodegroup.editUpdateSettings', at));
    case 'follow-running-update':
      return inGroup(commandButton('slipway.nodegroup.follow', at));
    case 'show-launch-template':
    case 'show-subnets':
    case 'show-insights':
      return inGroup(lookButton(action, at));
    case 'copy-details':
      return copyButton(l10n.t('Copy Details'), JSON.stringify(issue, null, 2), at);
    case 'refresh':
    case 'open-health-issues':
    case 'show-held-pods':
      return refresh;
  }
}
