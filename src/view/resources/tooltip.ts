/** Tooltips of the Resources view: what AWS says of a thing, in Markdown, read when the pointer rests on the row. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EksCluster, HealthIssue } from '../../model/eks';
import { failureOf } from '../../model/failure';
import { page, plain, table } from '../documents/markdown';
import { failureWords } from '../words/failure';
import { statusWords } from '../words/phase';
import { attentionLines, supportBadge } from '../words/upgrade';
import type { ResourceSource } from './branches';
import {
  connectionNodeOf,
  type EksNode,
  isThing,
  type KdbClusterNode,
  type NodegroupNode,
  type ResourceNode,
} from './node';

type Line = readonly [name: string, value: string | number | undefined];

/** A title, names with their values, and sentences, as Markdown in which none of them is anything else. */
function sheet(title: string, lines: readonly Line[], more: readonly string[] = []): string {
  const known = lines.filter(([, value]) => value !== undefined && value !== '');
  return page([
    `**${plain(title)}**`,
    table(
      ['', ''],
      known.map(([name, value]) => [name, plain(String(value))]),
    ),
    ...more.map(plain),
  ]);
}

function dateWords(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toLocaleString();
}

/** The tooltip of a row. Asks AWS where the list did not say enough; says so where that fails, or what is from before. */
export async function tooltipOf(
  node: ResourceNode,
  source: ResourceSource,
  signal: AbortSignal,
): Promise<vscode.MarkdownString | undefined> {
  const text = await factsOf(node, source, signal);
  if (text === undefined) return undefined;
  const seen =
    isThing(node) && node.asOf !== undefined
      ? plain(l10n.t('The row shows what was seen {0}.', { 0: new Date(node.asOf).toLocaleString() }))
      : undefined;
  return new vscode.MarkdownString(page([text, seen]));
}

async function factsOf(
  node: ResourceNode,
  source: ResourceSource,
  signal: AbortSignal,
): Promise<string | undefined> {
  switch (node.kind) {
    case 'connection':
      return sheet(
        node.connection.source.kind === 'sandbox' ? l10n.t('Sandbox') : node.connection.source.profile,
        [
          [l10n.t('Region'), node.connection.region],
          [l10n.t('Account'), node.identity?.accountId],
          [l10n.t('Identity'), node.identity?.arn],
        ],
      );
    case 'environment': {
      const { environment } = node;
      return sheet(environment.name, [
        [l10n.t('Environment'), environment.id],
        [l10n.t('Status'), statusWords(environment.status)],
        [l10n.t('Description'), environment.description],
        [l10n.t('Zones'), environment.availabilityZoneIds.join(', ')],
      ]);
    }
    case 'kdb-cluster':
      return await kdbTooltip(node, source, signal);
    case 'eks-cluster': {
      const { failure } = node;
      const cluster: Partial<EksCluster> | undefined = node.cluster ?? node.remembered;
      if (failure) return sheet(node.name, [], [failureWords(failure, [])]);
      return sheet(
        node.name,
        [
          [l10n.t('Kubernetes'), cluster?.version],
          [l10n.t('Platform'), cluster?.platformVersion],
          [l10n.t('Status'), cluster?.status && statusWords(cluster.status)],
          [l10n.t('Support'), node.support?.known ? supportBadge(node.support.value) : undefined],
          [l10n.t('Upgrade policy'), cluster?.supportType?.toLowerCase()],
        ],
        attentionOf(node),
      );
    }
    case 'nodegroup':
      return nodegroupTooltip(node);
    default:
      return undefined;
  }
}

async function kdbTooltip(
  node: KdbClusterNode,
  source: ResourceSource,
  signal: AbortSignal,
): Promise<string> {
  const { summary } = node;
  const lines: Line[] = [
    [l10n.t('Type'), summary.type],
    [l10n.t('Status'), statusWords(summary.status)],
    [l10n.t('Reason'), summary.statusReason],
    [l10n.t('kdb release'), summary.releaseLabel],
    [l10n.t('Changed'), dateWords(summary.modifiedAt)],
  ];
  try {
    const { finspace } = await source.services(connectionNodeOf(node).connection, 'interactive');
    node.details ??= await finspace.getCluster(summary.environmentId, summary.name, signal);
  } catch (thrown) {
    return sheet(summary.name, lines, [failureWords(failureOf(thrown), [])]);
  }
  const { code, initializationScript, commandLineArguments } = node.details.configuration;
  return sheet(summary.name, [
    ...lines,
    [l10n.t('Code'), code ? `s3://${code.bucket}/${code.key}` : l10n.t('none')],
    [l10n.t('Object version'), code?.versionId],
    [l10n.t('Initialization script'), initializationScript],
    [l10n.t('Arguments'), commandLineArguments.map(({ key }) => key).join(', ')],
    [l10n.t('Nodes'), node.details.nodeCount],
    [l10n.t('Node type'), node.details.nodeType],
  ]);
}

function attentionOf({ attention }: EksNode): readonly string[] {
  return attention ? attentionLines(attention) : [];
}

/** What needs attention, the health issues one by one with AWS's own words. */
function nodegroupLines({ attention }: NodegroupNode, health: readonly HealthIssue[]): readonly string[] {
  const others = attention && {
    ...attention,
    items: attention.items.filter(({ code }) => code !== 'health-issues'),
  };
  return [
    ...health.map((issue) => `${issue.code}: ${issue.message}`),
    ...(others ? attentionLines(others) : []),
  ];
}

function rememberedLines({ remembered }: NodegroupNode): readonly Line[] {
  return [
    [l10n.t('Kubernetes'), remembered?.version],
    [l10n.t('AMI release'), remembered?.releaseVersion],
    [l10n.t('AMI type'), remembered?.amiType],
    [l10n.t('Status'), remembered && statusWords(remembered.status)],
  ];
}

function nodegroupTooltip(node: NodegroupNode): string {
  const { nodegroup, failure } = node;
  if (failure) return sheet(node.name, [], [failureWords(failure, [])]);
  if (!nodegroup) return sheet(node.name, rememberedLines(node));
  const { scaling, launchTemplate, updateConfig } = nodegroup;
  const unavailable =
    updateConfig.maxUnavailable ??
    (updateConfig.maxUnavailablePercentage === undefined
      ? undefined
      : `${updateConfig.maxUnavailablePercentage} %`);
  return sheet(
    node.name,
    [
      [l10n.t('Kubernetes'), nodegroup.version],
      [l10n.t('AMI release'), nodegroup.releaseVersion],
      [l10n.t('AMI type'), nodegroup.amiType],
      [l10n.t('Status'), statusWords(nodegroup.status)],
      [
        l10n.t('Nodes'),
        [scaling.min, scaling.desired, scaling.max].every((n) => n !== undefined)
          ? l10n.t('{0} (min {1}, max {2})', {
              0: Number(scaling.desired),
              1: Number(scaling.min),
              2: Number(scaling.max),
            })
          : undefined,
      ],
      [
        l10n.t('Instances'),
        [nodegroup.capacityType && statusWords(nodegroup.capacityType), ...nodegroup.instanceTypes]
          .filter(Boolean)
          .join(', '),
      ],
      [
        l10n.t('Launch template'),
        launchTemplate && `${launchTemplate.name ?? launchTemplate.id} v${launchTemplate.version ?? '?'}`,
      ],
      [l10n.t('At once'), unavailable],
      [l10n.t('Changed'), dateWords(nodegroup.modifiedAt)],
    ],
    nodegroupLines(node, nodegroup.health),
  );
}
