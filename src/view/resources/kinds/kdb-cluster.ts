/** The row of a kdb cluster of an environment. */
import * as l10n from '@vscode/l10n';
import type { OperationKind } from '../../../deploy/port/operation-kind';
import { failureOf } from '../../../model/failure';
import type { KdbCluster, KdbClusterSummary } from '../../../model/kdb';
import { clusterPhase } from '../../../model/phase';
import { present, presentItems } from '../../../model/present';
import { failureWords } from '../../messages/failure';
import { restOfStatus, stateOfStatus, statusWords } from '../../messages/phase';
import { statusIcon } from '../../row-icon';
import { connectionNodeOf, type ThingRow } from '../row';
import type { ResourceSource } from '../source';
import type { EnvironmentNode } from './environment';
import type { ListedKind } from './kind';
import { CODE_BUTTONS, type FactValue, type ThingFact } from './page';
import { dateWords, type SheetLine, sheet } from './sheet';

export interface KdbClusterNode extends ThingRow {
  readonly kind: 'kdb-cluster';
  readonly parent: EnvironmentNode;
  summary: KdbClusterSummary;
  /** Read when the row's tooltip or its page needs them; deleted when they may be out of date. */
  details?: KdbCluster;
}

export const KDB_CLUSTER: ListedKind<KdbClusterNode, KdbClusterSummary> = {
  below: 'environment',
  list: {
    page: ({ environment }, { finspace }, next, signal) =>
      finspace.listClusters(environment.id, next, signal),
    key: ({ name }) => name,
    row: (summary, start) => ({ ...start, summary }),
    confirm(row, { modifiedAt }) {
      if (row.details && row.details.modifiedAt !== modifiedAt) delete row.details;
    },
    none: () => l10n.t('No clusters in this environment'),
  },
  phase: ({ summary }) => summary.phase,
  fine: () => l10n.t('No cluster needs attention'),
  appearance({ summary: { name, type, status, phase, statusReason } }) {
    return {
      label: name,
      ...statusIcon(phase, status, { icon: 'database', tone: 'fine' }),
      state: stateOfStatus(status, phase),
      words: presentItems(...restOfStatus(status), statusReason, type),
      role: l10n.t('kdb cluster'),
      phase,
    };
  },
  tooltip,
  memory: {
    keep: ({ summary: { name, type, status, statusReason: reason }, asOf: at }) => ({
      texts: { name, type, status, reason },
      at,
    }),
    restore: ({ name, type = '', status = '', reason }, start) => ({
      ...start,
      summary: {
        environmentId: start.parent.environment.id,
        name,
        type,
        status,
        phase: clusterPhase(status),
        ...present({ statusReason: reason }),
      },
    }),
  },
  console: {
    service: 'finspace',
    page: (environment, cluster) => `kxEnvironments/${environment}/kxClusters/${cluster}`,
  },
  page: {
    name: () => l10n.t('kdb cluster'),
    commands: CODE_BUTTONS,
    logs: 'cluster',
    status: ({ summary: { status, statusReason: reason } }) => ({ status, ...present({ reason }) }),
    heading: () => l10n.t('The cluster'),
    facts,
  },
  operations: ['code' satisfies OperationKind],
  commands: {
    'slipway.code.deploy': 'always',
    'slipway.code.plan': 'always',
    'slipway.code.compare': 'always',
    'slipway.code.rollBack': 'always',
    'slipway.code.history': 'always',
    'slipway.code.showLogs': 'always',
  },
};

async function tooltip(row: KdbClusterNode, source: ResourceSource, signal: AbortSignal): Promise<string> {
  const { summary } = row;
  const lines: SheetLine[] = [
    [l10n.t('Type'), summary.type],
    [l10n.t('Status'), statusWords(summary.status)],
    [l10n.t('Reason'), summary.statusReason],
    [l10n.t('kdb release'), summary.releaseLabel],
    [l10n.t('Changed'), dateWords(summary.modifiedAt)],
  ];
  try {
    row.details ??= await readKdbCluster(row, source, signal);
  } catch (thrown) {
    return sheet(summary.name, lines, [failureWords(failureOf(thrown))]);
  }
  const { code, initializationScript, commandLineArguments } = row.details.configuration;
  return sheet(summary.name, [
    ...lines,
    [l10n.t('Code'), code ? `s3://${code.bucket}/${code.key}` : l10n.t('none')],
    [l10n.t('Object version'), code?.versionId],
    [l10n.t('Initialization script'), initializationScript],
    [l10n.t('Arguments'), commandLineArguments.map(({ key }) => key).join(', ')],
    [l10n.t('Nodes'), row.details.nodeCount],
    [l10n.t('Node type'), row.details.nodeType],
  ]);
}

function facts({ summary, details }: KdbClusterNode): readonly ThingFact[] {
  const { type, status, releaseLabel, description, createdAt, modifiedAt } = summary;
  const role = details?.executionRole;
  return [
    [l10n.t('Type'), type],
    [l10n.t('Description'), description],
    [l10n.t('kdb release'), releaseLabel],
    [l10n.t('Nodes'), nodesValue(details)],
    [l10n.t('Status'), statusWords(status)],
    [l10n.t('Created'), createdAt === undefined ? undefined : { kind: 'time', at: createdAt }],
    [l10n.t('Changed'), modifiedAt === undefined ? undefined : { kind: 'time', at: modifiedAt }],
    [
      l10n.t('Execution role'),
      role === undefined ? undefined : { kind: 'copyable', what: l10n.t('role'), text: role },
    ],
  ];
}

function nodesValue(details: KdbCluster | undefined): FactValue | undefined {
  if (details?.nodeCount === undefined) return undefined;
  const { nodeCount, nodeType } = details;
  return presentItems<FactValue>(
    String(nodeCount),
    nodeType === undefined ? undefined : { kind: 'code', text: nodeType },
  );
}

/** Reads the cluster with those details that the list does not give. */
export async function readKdbCluster(
  row: KdbClusterNode,
  source: ResourceSource,
  signal: AbortSignal,
): Promise<KdbCluster> {
  const { finspace } = await source.services(connectionNodeOf(row).connection, 'interactive');
  return finspace.getCluster(row.summary.environmentId, row.summary.name, signal);
}
