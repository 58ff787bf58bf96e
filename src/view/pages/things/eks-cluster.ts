/** The page of an EKS cluster. */
import * as l10n from '@vscode/l10n';
import type { ClusterEndpoint, EksCluster } from '../../../model/eks';
import { presentItems } from '../../../model/present';
import type { Attention } from '../../../nodegroup/attention/attention';
import type { Support } from '../../../nodegroup/rules/support';
import type { OptionalRead } from '../../../plan/optional-read';
import { supportBadge, unknownWords } from '../../messages/nodegroup';
import { statusWords } from '../../messages/phase';
import type { EksClusterNode } from '../../resources/kinds/eks-cluster';
import { beside, code, muted, sign } from '../cells';
import { codeOrNone, factsSection, subnetsSection } from '../facts';
import type { Cell, Finding, Section, Tone } from '../page';
import { attentionFindings, type ShownIssue } from './attention';
import { commandButton, copyable } from './buttons';
import { type Inner, MOST_ROWS, nodegroupState, nodegroupsSection } from './inner';
import { attentiveState, unseenState } from './state';
import { type ThingContent, whereOf } from './thing';

/** What the page needs in addition to the row. */
export interface ClusterFacts {
  /** The cluster's own health issues, in the order of {@link EksCluster.health}. */
  readonly issues: readonly ShownIssue[];
  readonly nodegroups: Inner;
}

export function eksClusterThing(row: EksClusterNode, facts: ClusterFacts): ThingContent {
  const { name, details, remembered, failure, assessment } = row;
  const seen = details ?? remembered;
  return {
    kind: 'eks-cluster',
    heading: name,
    about: whereOf(row),
    state: seen
      ? attentiveState(seen.phase, seen.status, assessment?.attention)
      : unseenState(failure !== undefined),
    problems: [
      ...attentionFindings(assessment?.attention ?? NOT_ASKED, facts.issues),
      ...innerProblems(facts.nodegroups),
    ],
    sections: presentItems(
      seen && factsOf(seen, assessment?.support),
      nodegroupsSection(facts.nodegroups, details?.autoMode === true),
      details && details.subnetIds.length > 0 ? subnetsSection(details.subnetIds) : undefined,
    ),
  };
}

const NOT_ASKED: Attention = { items: [], unknown: [], pending: [] };

/**
 * A finding that says how many node groups need attention, and where the user can see which ones; empty if no
 * node group needs attention.
 */
function innerProblems({ rows, hasMore }: Inner): readonly Finding[] {
  const tones = rows.map((row) => nodegroupState(row).tone);
  const needsAttention = (tone: Tone): boolean => tone === 'error' || tone === 'warning';
  const count = tones.filter(needsAttention).length;
  if (count === 0) return [];
  const areInTable = !tones.slice(MOST_ROWS).some(needsAttention);
  return [
    {
      tone: tones.includes('error') ? 'error' : 'warning',
      verdict: l10n.t('node groups'),
      title: hasMore
        ? l10n.t('{0} of the first {1} node groups need attention.', { 0: count, 1: rows.length })
        : l10n.t('{0} of {1} node groups need attention.', { 0: count, 1: rows.length }),
      help: areInTable
        ? l10n.t('The table below says which, and why.')
        : l10n.t('The tree of the Resources view says which, and why; the table below has not all of them.'),
      buttons: [commandButton('slipway.nodegroup.updateSeveral', 'inner')],
    },
  ];
}

function factsOf(
  seen: Pick<EksCluster, 'version' | 'status'> & Partial<EksCluster>,
  support: OptionalRead<Support> | undefined,
): Section {
  const { version, platformVersion, supportType, api, authenticationMode, autoMode, logging, status, arn } =
    seen;
  const isRead = arn !== undefined;
  return factsSection(l10n.t('The cluster'), [
    [l10n.t('Kubernetes'), beside(code(version), supportCell(support))],
    [l10n.t('Platform version'), isRead ? codeOrNone(platformVersion) : undefined],
    [l10n.t('Upgrade policy'), supportType === undefined ? undefined : policyWords(supportType)],
    [l10n.t('Kubernetes API'), isRead ? reachCell(api) : undefined],
    [l10n.t('Address'), api && copyable(l10n.t('address'), api.url)],
    [
      l10n.t('Who may use it'),
      authenticationMode === undefined ? undefined : authenticationWords(authenticationMode),
    ],
    [l10n.t('Nodes'), autoMode === undefined ? undefined : nodesWords(autoMode)],
    [l10n.t('Logs in CloudWatch'), logging && loggingCell(logging)],
    [l10n.t('Status'), statusWords(status)],
    [l10n.t('ARN'), arn === undefined ? undefined : copyable(l10n.t('ARN'), arn)],
  ]);
}

function supportCell(support: OptionalRead<Support> | undefined): Cell {
  if (!support) return muted(l10n.t('how long AWS supports it is not asked yet'));
  if (!support.known) return muted(unknownWords(support.why));
  const words = supportBadge(support.value);
  return words === undefined
    ? muted(l10n.t('AWS does not list how long it is supported'))
    : sign(supportTone(support.value), words);
}

function supportTone(support: Support): Tone {
  switch (support.kind) {
    case 'standard':
      return support.ending ? 'warning' : 'good';
    case 'extended':
      return 'warning';
    case 'ended':
      return 'error';
    case 'unlisted':
      return 'unknown';
  }
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html */
function policyWords(supportType: string): string {
  switch (supportType) {
    case 'STANDARD':
      return l10n.t('standard: when standard support ends, EKS updates the control plane by itself');
    case 'EXTENDED':
      return l10n.t('extended: when standard support ends, extended support begins, which costs extra');
    default:
      return statusWords(supportType);
  }
}

function reachCell(api: ClusterEndpoint | undefined): Cell {
  if (!api) return muted(l10n.t('EKS has not made it yet'));
  const { publicAccess, privateAccess, publicAccessCidrs: ranges } = api;
  const isOpen = ranges.length === 0 || ranges.some((range) => range === '0.0.0.0/0' || range === '::/0');
  const from = isOpen
    ? l10n.t('from anywhere on the internet')
    : l10n.t('from {0}', { 0: ranges.join(', ') });
  const within = l10n.t('from inside of its network');
  return l10n.t('reached {0}', {
    0: presentItems(publicAccess ? from : undefined, privateAccess ? within : undefined).join(
      l10n.t(' and '),
    ),
  });
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html */
function authenticationWords(mode: string): string {
  switch (mode) {
    case 'API':
      return l10n.t('whom an access entry names');
    case 'CONFIG_MAP':
      return l10n.t('whom its ConfigMap aws-auth names');
    case 'API_AND_CONFIG_MAP':
      return l10n.t('whom an access entry or its ConfigMap aws-auth names');
    default:
      return statusWords(mode);
  }
}

function nodesWords(autoMode: boolean): string {
  return autoMode
    ? l10n.t('Auto Mode: EKS runs nodes of its own, beside node groups')
    : l10n.t('in node groups');
}

function loggingCell(types: readonly string[]): Cell {
  return types.length === 0 ? l10n.t('none') : types.map(loggingWords).join(', ');
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html */
function loggingWords(type: string): string {
  switch (type) {
    case 'api':
      return l10n.t('API server');
    case 'audit':
      return l10n.t('audit');
    case 'authenticator':
      return l10n.t('authenticator');
    case 'controllerManager':
      return l10n.t('controller manager');
    case 'scheduler':
      return l10n.t('scheduler');
    default:
      return type;
  }
}
