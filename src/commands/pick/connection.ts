/** Asks the user for a connection. */
import * as l10n from '@vscode/l10n';
import type { Connection } from '../../model/connection';
import { type ConnectionStore, defaultFirst } from '../../view/connection-store';
import { connectionLabel } from '../../view/resources/kinds/connection';
import type { ResourceNode } from '../../view/resources/node';
import type { Choice } from '../../view/wizard/prompts';
import { into, namedQuestion, unlessKnown, type WizardStep } from '../../view/wizard/wizard-steps';
import type { Ports } from '../ports';
import type { Help } from './flat-list';
import type { LastPlace } from './last-place';

export interface PickedConnection {
  readonly connection: Connection;
}

/** Dependencies of every question that lets the user pick a thing. */
export interface PickDeps {
  readonly store: Pick<ConnectionStore, 'all'>;
  readonly ports: Ports;
  readonly picking: Picking;
}

/** The parts of the window that lists use: the selected row, the last place, and remedies for failures. */
export interface Picking {
  /** The selected row of the tree. */
  selected(): ResourceNode | undefined;
  readonly last: Pick<LastPlace, 'get' | 'remember'>;
  readonly help: Help;
}

export function connectionStep(
  store: Pick<ConnectionStore, 'all'>,
  known?: Connection,
): WizardStep<object, PickedConnection> {
  const step = namedQuestion<object, PickedConnection>(
    'connection',
    async (_answers, { prompts, heading }) => {
      const choices: readonly Choice<Connection>[] = defaultFirst(store.all()).map((connection) => ({
        value: connection,
        label: connectionLabel(connection),
        description: connection.region,
        icon: connection.source.kind === 'sandbox' ? 'beaker' : 'account',
      }));
      return into(
        await prompts.pick(heading, {
          placeholder: l10n.t('Choose a connection'),
          choices,
          empty: l10n.t('There is no connection yet: add one in the Slipway view'),
        }),
        (connection) => ({ connection }),
      );
    },
  );
  return unlessKnown(known && { connection: known }, step);
}
