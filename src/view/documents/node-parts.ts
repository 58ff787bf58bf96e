/** Pages about what a node group rests on: the upgrade insights, its subnets, its launch template. */
import * as l10n from '@vscode/l10n';
import type { InsightDetails, LaunchTemplateVersion, Subnet } from '../../model/eks';
import { code, page, plain, table, webLink } from '../markdown';
import { statusWords } from '../messages/phase';

/** An insight with its details, or why those are not known. */
export interface ShownInsight {
  readonly insight: InsightDetails;
  readonly notKnown?: string;
}

export function insightsPage(cluster: string, insights: readonly ShownInsight[]): string {
  return page([
    `# ${l10n.t('Upgrade insights of {0}', { 0: plain(cluster) })}`,
    insights.length === 0 ? l10n.t('EKS lists no insights for the cluster.') : undefined,
    ...insights.flatMap(insightBlocks),
  ]);
}

function insightBlocks({ insight, notKnown }: ShownInsight): readonly (string | undefined)[] {
  return [
    `## ${plain(insight.name)}`,
    [
      `**${plain(statusWords(insight.status))}**`,
      plain(statusWords(insight.category)),
      insight.kubernetesVersion && l10n.t('for Kubernetes {0}', { 0: plain(insight.kubernetesVersion) }),
      insight.refreshedAt && l10n.t('looked at {0}', { 0: new Date(insight.refreshedAt).toLocaleString() }),
    ]
      .filter((part) => part !== undefined && part !== '' && part !== 0)
      .join(' · '),
    insight.reason && plain(insight.reason),
    insight.description && plain(insight.description),
    insight.recommendation && l10n.t('What helps: {0}', { 0: plain(insight.recommendation) }),
    notKnown && plain(notKnown),
    insight.resources.length === 0
      ? undefined
      : table(
          [l10n.t('Affected resource'), l10n.t('Status'), l10n.t('Reason')],
          insight.resources.map(({ name, status, reason }) => [
            code(name),
            plain(statusWords(status ?? '')),
            plain(reason ?? ''),
          ]),
        ),
    ...Object.entries(insight.additionalInfo).map(([name, url]) => `${plain(name)}: ${webLink(url)}`),
  ];
}

export function subnetsPage(label: string, subnets: readonly Subnet[]): string {
  return page([
    `# ${l10n.t('Subnets of {0}', { 0: plain(label) })}`,
    table(
      [l10n.t('Subnet'), l10n.t('Zone'), l10n.t('Free addresses')],
      subnets.map(({ id, availabilityZone, freeAddresses }) => [
        code(id),
        plain(availabilityZone ?? l10n.t('not shown')),
        plain(String(freeAddresses ?? l10n.t('not shown'))),
      ]),
    ),
    l10n.t('An update adds nodes for a while, and nodes and their pods take addresses from these subnets.'),
  ]);
}

/** @param versions newest first; `inUse`: the version the node group has. */
export function launchTemplatePage(
  label: string,
  versions: readonly LaunchTemplateVersion[],
  inUse: string | undefined,
): string {
  return page([
    `# ${l10n.t('Launch template of {0}', { 0: plain(label) })}`,
    versions[0] && code(`${versions[0].templateName} ${versions[0].templateId}`),
    table(
      [
        l10n.t('Version'),
        l10n.t('AMI'),
        l10n.t('Instance type'),
        l10n.t('Description'),
        l10n.t('Made'),
        l10n.t('By'),
      ],
      versions.map((version) => [
        [
          String(version.number),
          String(version.number) === inUse ? l10n.t('in use') : undefined,
          version.isDefault ? l10n.t('default') : undefined,
        ]
          .filter((part) => part !== undefined)
          .join(' · '),
        version.imageId === undefined ? l10n.t("AWS's own") : code(version.imageId),
        plain(version.instanceType ?? ''),
        plain(version.description ?? ''),
        plain(version.createdAt === undefined ? '' : new Date(version.createdAt).toLocaleString()),
        plain(version.createdBy ?? ''),
      ]),
    ),
  ]);
}

/** Undefined when AWS names no resources. */
export function resourcesLine(ids: readonly string[]): string | undefined {
  return ids.length === 0 ? undefined : l10n.t('Resources: {0}', { 0: ids.map(code).join(' ') });
}
