/** A kdb environment. */
import * as l10n from '@vscode/l10n';
import type { KdbEnvironment } from '../../../model/kdb';
import { environmentPhase } from '../../../model/phase';
import { phaseIcon, statusWords } from '../../messages/phase';
import type { ThingRow } from '../row';
import type { KdbFolderNode } from './kdb';
import type { ThingKind } from './kind';
import { sheet } from './sheet';

export interface EnvironmentNode extends ThingRow {
  readonly kind: 'environment';
  readonly parent: KdbFolderNode;
  environment: KdbEnvironment;
}

export const ENVIRONMENT: ThingKind<EnvironmentNode, KdbEnvironment> = {
  below: 'kdb',
  list: {
    page: (_parent, { finspace }, next, signal) => finspace.listEnvironments(next, signal),
    key: ({ id }) => id,
    row: (environment, start) => ({ ...start, environment }),
    none: () => l10n.t('No kdb environments in this region'),
  },
  appearance({ environment: { name, status, phase } }) {
    return {
      label: name,
      icon: phaseIcon(phase, 'server-environment'),
      words: phase === 'ready' ? [] : [statusWords(status)],
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
  operations: [],
  commands: {},
};
