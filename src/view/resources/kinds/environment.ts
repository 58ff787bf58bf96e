/** The row of a kdb environment. */
import * as l10n from '@vscode/l10n';
import type { KdbEnvironment } from '../../../model/kdb';
import { environmentPhase, wasNeverCreated } from '../../../model/phase';
import { present } from '../../../model/present';
import { restOfStatus, stateOfStatus, statusWords } from '../../messages/phase';
import { statusIcon } from '../../row-icon';
import type { ThingRow } from '../row';
import type { KdbFolderNode } from './folders';
import type { ListedKind } from './kind';
import type { ThingFact } from './page';
import { sheet } from './sheet';

export interface EnvironmentNode extends ThingRow {
  readonly kind: 'environment';
  readonly parent: KdbFolderNode;
  environment: KdbEnvironment;
}

export const ENVIRONMENT: ListedKind<EnvironmentNode, KdbEnvironment> = {
  below: 'kdb',
  list: {
    page: (_parent, { finspace }, next, signal) => finspace.listEnvironments(next, signal),
    key: ({ id }) => id,
    row: (environment, start) => ({ ...start, environment }),
    none: ({ parent: { connection } }) =>
      l10n.t('No kdb environments in {region}', { region: connection.region }),
  },
  phase: ({ environment }) => environment.phase,
  fine: () => l10n.t('Nothing needs attention'),
  appearance({ environment: { name, status, phase } }) {
    return {
      label: name,
      ...statusIcon(phase, status, { icon: 'server-environment', tone: 'fine' }),
      ...present({ state: phase === 'ready' ? undefined : stateOfStatus(status, phase) }),
      words: phase === 'ready' ? [] : restOfStatus(status),
      role: l10n.t('kdb environment'),
      phase,
      open: 'collapsed',
    };
  },
  tooltip: ({ environment }) =>
    sheet(environment.name, [
      [l10n.t('Environment'), environment.id],
      [l10n.t('Status'), statusWords(environment.status)],
      [l10n.t('Description'), environment.description],
      [l10n.t('Zones'), environment.availabilityZoneIds.join(', ')],
    ]),
  memory: {
    keep: ({ environment: { id, name, status }, asOf: at }) => ({ texts: { id, name, status }, at }),
    restore: ({ name, id = name, status = '' }, start) => ({
      ...start,
      environment: { id, name, status, phase: environmentPhase(status), availabilityZoneIds: [] },
    }),
  },
  console: { service: 'finspace', page: (environment) => `kxEnvironments/${environment}` },
  page: {
    name: () => l10n.t('kdb environment'),
    inside: () => l10n.t('in the environment'),
    commands: ['slipway.code.deploy'],
    status: ({ environment: { status, statusReason: reason } }) => ({ status, ...present({ reason }) }),
    heading: () => l10n.t('The environment'),
    facts,
  },
  operations: [],
  isEmpty: ({ environment: { status } }) => wasNeverCreated(status),
  commands: { 'slipway.code.deploy': 'unless-empty', 'slipway.resources.open': 'while-empty' },
};

function facts({ environment }: EnvironmentNode): readonly ThingFact[] {
  const { id, arn, status, description, availabilityZoneIds: zones } = environment;
  return [
    [l10n.t('Description'), description],
    [l10n.t('Status'), statusWords(status)],
    [l10n.t('Zones'), zones.length === 0 ? { kind: 'muted', text: l10n.t('not shown') } : zones.join(', ')],
    [l10n.t('Environment id'), { kind: 'copyable', what: l10n.t('environment id'), text: id }],
    [l10n.t('ARN'), arn === undefined ? undefined : { kind: 'copyable', what: l10n.t('ARN'), text: arn }],
  ];
}
