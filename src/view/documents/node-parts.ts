/** Pages about what a node group rests on: its health, the upgrade insights, its subnets, its launch template. */
import type { HealthIssue, InsightDetails, LaunchTemplateVersion, Subnet } from '../../model/eks';
import { t } from '../l10n';
import { statusWords } from '../words/phase';
import { code, page, plain, table, webLink } from './markdown';

/** @param words what an issue means, and what helps. */
export function healthPage(
  label: string,
  issues: readonly HealthIssue[],
  words: (issue: HealthIssue) => string,
): string {
  return page([
    `# ${t('Health of {0}', { 0: plain(label) })}`,
    issues.length === 0 ? t('AWS reports no health issues.') : undefined,
    ...issues.flatMap((issue) => [
      `## ${plain(issue.code)}`,
      plain(words(issue)),
      resourcesLine(issue.resourceIds),
    ]),
  ]);
}

/** An insight with its details, or why those are not known. */
export interface ShownInsight {
  readonly insight: InsightDetails;
  readonly notKnown?: string;
}

export function insightsPage(cluster: string, insights: readonly ShownInsight[]): string {
  return page([
    `# ${t('Upgrade insights of {0}', { 0: plain(cluster) })}`,
    insights.length === 0 ? t('EKS lists no insights for the cluster.') : undefined,
    ...insights.flatMap(insightBlocks),
  ]);
}

function insightBlocks({ insight, notKnown }: ShownInsight): readonly (string | undefined)[] {
  return [
    `## ${plain(insight.name)}`,
    [
      `**${plain(statusWords(insight.status))}**`,
      plain(statusWords(insight.category)),
      insight.kubernetesVersion && t('for Kubernetes {0}', { 0: plain(insight.kubernetesVersion) }),
      insight.refreshedAt && t('looked at {0}', { 0: new Date(insight.refreshedAt).toLocaleString() }),
    ]
      .filter((part) => part !== undefined && part !== '' && part !== 0)
      .join(' · '),
    insight.reason && plain(insight.reason),
    insight.description && plain(insight.description),
    insight.recommendation && t('What helps: {0}', { 0: plain(insight.recommendation) }),
    notKnown && plain(notKnown),
    insight.resources.length === 0
      ? undefined
      : table(
          [t('Affected resource'), t('Status'), t('Reason')],
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
    `# ${t('Subnets of {0}', { 0: plain(label) })}`,
    table(
      [t('Subnet'), t('Zone'), t('Free addresses')],
      subnets.map(({ id, availabilityZone, freeAddresses }) => [
        code(id),
        plain(availabilityZone ?? t('not shown')),
        plain(String(freeAddresses ?? t('not shown'))),
      ]),
    ),
    t('An update adds nodes for a while, and nodes and their pods take addresses from these subnets.'),
  ]);
}

/** @param versions newest first; `inUse`: the version the node group has. */
export function launchTemplatePage(
  label: string,
  versions: readonly LaunchTemplateVersion[],
  inUse: string | undefined,
): string {
  return page([
    `# ${t('Launch template of {0}', { 0: plain(label) })}`,
    versions[0] && code(`${versions[0].templateName} ${versions[0].templateId}`),
    table(
      [t('Version'), t('AMI'), t('Instance type'), t('Description'), t('Made'), t('By')],
      versions.map((version) => [
        [
          String(version.number),
          String(version.number) === inUse ? t('in use') : undefined,
          version.isDefault ? t('default') : undefined,
        ]
          .filter((part) => part !== undefined)
          .join(' · '),
        version.imageId === undefined ? t("AWS's own") : code(version.imageId),
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
  return ids.length === 0 ? undefined : t('Resources: {0}', { 0: ids.map(code).join(' ') });
}
