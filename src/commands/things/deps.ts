/** Dependencies of the pages of things. */
import type * as vscode from 'vscode';
import type { Clock } from '../../model/clock';
import type { Ledger } from '../../operations/ledger';
import type { CommandId } from '../../view/command-ids';
import type { Pages } from '../../view/pages/panels';
import type { ThingLook } from '../../view/pages/things/buttons';
import type { ResourceNode } from '../../view/resources/node';
import type { PagedRows } from '../../view/resources/paged-rows';
import type { ResourceSource } from '../../view/resources/source';
import type { NodegroupPlace } from '../nodegroup/place';
import type { OperationParts } from './thing-operations';

export interface ThingPageDeps extends Omit<OperationParts, 'operations'> {
  readonly paged: PagedRows;
  readonly source: ResourceSource;
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'operations' | 'onDidChange'>;
  readonly pages: Pick<Pages, 'show' | 'refresh'>;
  /** Fires with the rows that have changed; undefined: all of them. */
  readonly onDidChangeRows: (
    listener: (rows: readonly ResourceNode[] | undefined) => void,
  ) => vscode.Disposable;
  /** Forgets the AWS files and log-ins of a connection, so that they are read again. */
  readonly forget: (connectionId: string) => Promise<void>;
  /** Runs a command on a row, and shows its errors. */
  readonly run: (command: CommandId, row: ResourceNode) => Promise<void>;
  readonly showOperation: (id: string) => Promise<void>;
  /** Shows the launch template, subnets or insights of a node group. */
  readonly show: (action: ThingLook, place: NodegroupPlace) => Promise<void>;
}
