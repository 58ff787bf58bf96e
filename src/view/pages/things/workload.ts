/** The page of a Deployment or StatefulSet of an EKS cluster. */
import * as l10n from '@vscode/l10n';
import type { CodeConfiguration } from '../../../model/code';
import { present, presentItems } from '../../../model/present';
import { ANNOTATION, type Workload } from '../../../model/workload';
import { type WorkloadState, workloadPhase } from '../../../model/workload-state';
import { readyWords, workloadStateDetail, workloadStateWords } from '../../messages/workloads';
import type { WorkloadItem, WorkloadRow } from '../../resources/kinds/workload';
import { code, sentence, time } from '../cells';
import { factsSection } from '../facts';
import type { Finding, Page, Section, Tone } from '../page';
import { commandButton, copyable, logsButton } from './buttons';
import { codeFacts } from './code-facts';
import { statusTone } from './state';
import { type ThingContent, whereOf } from './thing';

/** The code that the workload's annotations name. */
export interface WorkloadRuns {
  readonly configuration: CodeConfiguration;
  /** Names of the annotations whose values have a form that Slipway does not write. */
  readonly unreadable: readonly string[];
}

/** @param now epoch milliseconds */
export function workloadThing(row: WorkloadRow, runs: WorkloadRuns, now: number): ThingContent {
  const { item } = row;
  const { workload, state } = item;
  return {
    kind: 'workload',
    heading: `${workload.namespace}/${workload.name}`,
    about: whereOf(row),
    state: stateOf(state),
    problems: [...stateProblems(item), ...conventionProblems(workload, runs)],
    sections: [codeSection(item, runs), workloadSection(item, now)],
  };
}

function stateOf(state: WorkloadState): Page['state'] {
  return { tone: toneOf(state), text: sentence(workloadStateWords(state)) };
}

function toneOf(state: WorkloadState): Tone {
  switch (state.code) {
    case 'stopped':
      return 'neutral';
    case 'unready':
    case 'held-back':
    case 'paused':
      return 'warning';
    default:
      return statusTone(workloadPhase(state), '');
  }
}

function stateProblems({ workload, state }: WorkloadItem): readonly Finding[] {
  const { text: title, tone } = stateOf(state);
  const detail = workloadStateDetail(state);
  switch (state.code) {
    case 'failing': {
      // If no single pod is the cause, the reason that the controller gives is shown.
      const { cannotCreate, deadlineExceeded } = workload.rollout;
      const text = detail ?? cannotCreate ?? deadlineExceeded;
      return [
        {
          tone,
          verdict: l10n.t('failed'),
          title,
          ...present({ text }),
          buttons: [logsButton('pods', 'state')],
        },
      ];
    }
    case 'unready':
      return [{ tone, verdict: l10n.t('Note'), title, buttons: [logsButton('pods', 'state')] }];
    case 'held-back':
    case 'paused':
      return [{ tone, verdict: l10n.t('Note'), title, ...present({ text: detail }) }];
    default:
      return [];
  }
}

function conventionProblems({ convention }: Workload, { unreadable }: WorkloadRuns): readonly Finding[] {
  return presentItems<Finding>(
    convention.fetch === undefined
      ? {
          tone: 'info',
          verdict: l10n.t('Note'),
          title: l10n.t('It is not set up to take code'),
          text: l10n.t('No init container of its pod template fetches code, so that nothing would load it.'),
          buttons: [commandButton('slipway.workload.showSnippet', 'convention')],
        }
      : undefined,
    unreadable.length > 0
      ? {
          tone: 'unknown',
          verdict: l10n.t('Unknown'),
          title: l10n.t('What it runs is not all known'),
          text: l10n.t('These annotations were not written by Slipway: {0}.', { 0: unreadable.join(', ') }),
        }
      : undefined,
  );
}

function codeSection({ workload, commit }: WorkloadItem, { configuration }: WorkloadRuns): Section {
  const digest = workload.annotations[ANNOTATION.digest];
  return factsSection(
    l10n.t('What it runs'),
    codeFacts(configuration, [
      [l10n.t('Commit'), commit === undefined ? undefined : code(commit)],
      [l10n.t('Digest'), digest ? copyable(l10n.t('digest'), digest) : undefined],
    ]),
    'code',
  );
}

function workloadSection({ workload }: WorkloadItem, now: number): Section {
  const { kind, updateStrategy, controller, createdAt } = workload;
  return factsSection(l10n.t('The workload'), [
    [l10n.t('Kind'), kind],
    [l10n.t('Pods'), readyWords(workload)],
    [l10n.t('Strategy'), updateStrategy],
    [l10n.t('Owner'), controller && `${controller.kind} ${controller.name}`],
    [l10n.t('Created'), time(createdAt, now)],
  ]);
}
