/** The row of a Deployment or StatefulSet of an EKS cluster. */
import * as l10n from '@vscode/l10n';
import type { OperationKind } from '../../../deploy/port/operation-kind';
import { present } from '../../../model/present';
import { carriesCode, type SeenWorkload } from '../../../model/seen-workload';
import { ANNOTATION, type Workload, workloadText } from '../../../model/workload';
import { type WorkloadState, workloadPhase, workloadState } from '../../../model/workload-state';
import { codeWords, readyWords, workloadStateDetail, workloadStateWords } from '../../messages/workloads';
import type { RowIcon } from '../../row-icon';
import type { ThingRow } from '../row';
import type { WorkloadsSeen } from '../source';
import type { LiveItems, LiveKind, PagedKind, RowAppearance } from './kind';
import { CODE_BUTTONS } from './page';
import { dateWords, sheet } from './sheet';
import type { WorkloadsFolderNode } from './workloads';

/** The workload of a row, with its state and commit. */
export interface WorkloadItem {
  readonly workload: Workload;
  readonly state: WorkloadState;
  /** The commit of the workload's code, if this machine has deployed that code. */
  readonly commit?: string;
}

export interface WorkloadRow extends ThingRow {
  readonly kind: 'workload';
  readonly parent: WorkloadsFolderNode;
  readonly item: WorkloadItem;
}

export const WORKLOAD: LiveKind<WorkloadRow, WorkloadItem, WorkloadsSeen> &
  PagedKind<WorkloadRow, WorkloadItem> = {
  below: 'workloads',
  list: {
    items,
    key: ({ workload }) => keyOf(workload),
    names: (key) => [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)],
    row: (item, start) => ({ ...start, item }),
    none: ({ showsOthers }) =>
      showsOthers === true ? l10n.t('No workloads') : l10n.t('No workload carries code yet'),
  },
  phase: ({ item }) => workloadPhase(item.state),
  fine: () => l10n.t('No workload needs attention'),
  appearance,
  tooltip,
  console: undefined,
  page: {
    name: () => l10n.t('Workload'),
    commands: CODE_BUTTONS,
    logs: 'pods',
  },
  operations: ['code-kubernetes' satisfies OperationKind],
  commands: {
    'slipway.code.deploy': 'always',
    'slipway.code.plan': 'always',
    'slipway.code.compare': 'always',
    'slipway.code.rollBack': 'always',
    'slipway.code.history': 'always',
    'slipway.code.showLogs': 'always',
    'slipway.workload.showSnippet': 'always',
  },
};

function keyOf(workload: Workload): string {
  return `${workload.namespace}/${workloadText(workload)}`;
}

function items(
  { showsOthers = false, shownAlways }: WorkloadsFolderNode,
  { workloads, unread, commits }: WorkloadsSeen,
): LiveItems<WorkloadItem> {
  const carrying = workloads.filter(({ workload }) => carriesCode(workload));
  const always = new Set(shownAlways?.values());
  const shown = workloads.filter((one) => carriesCode(one.workload) || always.has(keyOf(one.workload)));
  return {
    items: (showsOthers ? workloads : shown).map((one) => itemOf(one, commits)),
    others: workloads.length - carrying.length,
    ...present({ unread }),
  };
}

function itemOf(seen: SeenWorkload, commits: WorkloadsSeen['commits']): WorkloadItem {
  const { workload } = seen;
  const commit = commits.get(workload.annotations[ANNOTATION.uri] ?? '');
  return { workload, state: workloadState(seen), ...present({ commit }) };
}

/**
 * The icon shows the state by its shape and not by its colour alone; the words beside it name the state.
 */
function iconOf({ workload, state }: WorkloadItem): RowIcon {
  switch (state.code) {
    case 'running':
      return { icon: workload.kind === 'StatefulSet' ? 'database' : 'server-process', tone: 'fine' };
    case 'stopped':
      return { icon: 'circle-slash' };
    case 'rolling':
    case 'leaving':
      return { icon: 'sync~spin', tone: 'running' };
    case 'unready':
      return { icon: 'warning', tone: 'degraded' };
    case 'held-back':
    case 'paused':
      return { icon: 'debug-pause', tone: 'waiting' };
    case 'failing':
      return { icon: 'error', tone: 'failed' };
  }
}

function appearance({ item }: WorkloadRow): RowAppearance {
  const { workload, state, commit } = item;
  return {
    label: `${workload.namespace}/${workload.name}`,
    role: workload.kind,
    state: workloadStateWords(state),
    words: [codeWords(workload, commit), readyWords(workload)],
    ...iconOf(item),
    phase: workloadPhase(state),
  };
}

function tooltip({ item, parent }: WorkloadRow): string {
  const { workload, state, commit } = item;
  const { annotations, controller } = workload;
  const detail = workloadStateDetail(state);
  return sheet(
    `${workload.namespace}/${workload.name}`,
    [
      [l10n.t('Cluster'), parent.parent.name],
      [l10n.t('Kind'), workload.kind],
      [l10n.t('State'), workloadStateWords(state)],
      [l10n.t('Pods'), readyWords(workload)],
      [l10n.t('Strategy'), workload.updateStrategy],
      [l10n.t('Owner'), controller && `${controller.kind} ${controller.name}`],
      [l10n.t('Code'), annotations[ANNOTATION.uri] ?? l10n.t('none')],
      [l10n.t('Object version'), annotations[ANNOTATION.version]],
      [l10n.t('Digest'), annotations[ANNOTATION.digest]],
      [l10n.t('Commit'), commit],
      [l10n.t('Initialization script'), annotations[ANNOTATION.script]],
      [l10n.t('Since'), dateWords(workload.createdAt)],
    ],
    detail === undefined ? [] : [detail],
  );
}
