/** Dependencies of the commands about node groups. */
import type { Clock } from '../../model/clock';
import type { Ledger } from '../../operations/ledger';
import type { ConnectionStore } from '../../view/connection-store';
import type { ReadOnlyDocuments } from '../../view/documents/read-only';
import type { Notifier } from '../../view/notify';
import type { Pages } from '../../view/pages/panels';
import type { PlanReviews } from '../../view/pages/plans/review-page';
import type { Prompts } from '../../view/wizard/prompts';
import type { BatchRunner } from '../batches';
import type { CopyRequests } from '../copy-requests';
import type { Picking } from '../pick/connection';
import type { Drains, Ports } from '../ports';
import type { Runner } from '../run';
import type { AttentionSources } from './attention-sources';
import type { NodegroupPlace } from './place';

export interface NodegroupDeps {
  readonly store: ConnectionStore;
  readonly picking: Picking;
  readonly prompts: Prompts;
  readonly ports: Ports;
  readonly attentionSources: AttentionSources;
  readonly ledger: Ledger;
  readonly runner: Runner;
  readonly batches: BatchRunner;
  readonly documents: ReadOnlyDocuments;
  readonly notify: Notifier;
  /** Opens the nodes, pods and budgets of a cluster, for requests that the user waits for. */
  readonly drains: Drains;
  readonly reviews: PlanReviews;
  readonly pages: Pages;
  readonly copyRequests: CopyRequests;
  readonly clock: Clock;
  /** Shows the page of a node group: its state, and its health issues one by one. */
  readonly showPage: (place: NodegroupPlace) => Promise<void>;
}
