/**
 * The blockers of a drain, each with its remedy and the effect of force, and the API server's answers to
 * evictions in dry run.
 */
import * as l10n from '@vscode/l10n';
import type { AskedPod } from '../../../drain/ask-evictions';
import type { Blocker, Gravity } from '../../../drain/blocker';
import type { OwnAnswer } from '../../../drain/eviction';
import type { EvictionAnswer } from '../../../drain/ports';
import type { DrainReading } from '../../../drain/read-drain';
import { kubectl } from '../../../model/shell-command';
import { nodesWords, podsWords } from '../../messages/counts';
import { budgetWords, objectName } from '../../messages/drain';
import { failureWords } from '../../messages/failure';
import { partWords } from '../../messages/nodegroup/check-drain';
import { blockersBlock, commandsSection, findingsBlock, rowsBlock, text } from '../blocks';
import { code, lines, muted, sign } from '../cells';
import type { Cell, Finding, Page, Section, Tone } from '../page';
import type { ReadContent } from './read-page';

export interface DrainFound {
  readonly clusterArn: string;
  readonly nodes: number;
  /** How many pods have to move. */
  readonly pods: number;
  readonly blockers: readonly Blocker[];
  readonly unread: DrainReading['unread'];
  /** The API server's answers to evictions in dry run; absent if it was not asked. */
  readonly asked?: readonly AskedPod[];
}

export const ASK_BUTTON = 'ask-api-server';

export function drainContent({ clusterArn, nodes, pods, blockers, unread, asked }: DrainFound): ReadContent {
  return {
    about: [l10n.t('{pods} on {nodes} have to move', { pods: podsWords(pods), nodes: nodesWords(nodes) })],
    state: stateOf(blockers, unread),
    ...(pods > 0 && { buttons: [{ id: ASK_BUTTON, label: l10n.t('Ask API Server…') }] }),
    sections: [
      ...unreadSection(unread),
      ...gravitySections(blockers),
      ...(asked ? [answersSection(asked)] : []),
      ...commandsSection(commandsOf(clusterArn, blockers)),
    ],
  };
}

function stateOf(blockers: readonly Blocker[], unread: DrainFound['unread']): Page['state'] {
  const of = (gravity: Gravity): number => new Set(uids(blockers, gravity)).size;
  const [held, threatened, slow] = [of('holds'), of('threatens'), of('slows')];
  if (held > 0) return { tone: 'error', text: l10n.t('{0} held', { 0: podsWords(held) }) };
  if (unread.length > 0) return { tone: 'unknown', text: l10n.t('Not all of it could be read') };
  if (threatened > 0) return { tone: 'warning', text: l10n.t('{0} at risk', { 0: podsWords(threatened) }) };
  return slow > 0
    ? { tone: 'info', text: l10n.t('Nothing holds it; {0} will take longer', { 0: podsWords(slow) }) }
    : { tone: 'good', text: l10n.t('Nothing that can be seen holds a pod') };
}

function uids(blockers: readonly Blocker[], gravity: Gravity): readonly string[] {
  return blockers.filter((one) => one.gravity === gravity).map(({ pod }) => pod.uid);
}

function unreadSection(unread: DrainFound['unread']): readonly Section[] {
  if (unread.length === 0) return [];
  const findings = unread.map(
    ({ part, failure }): Finding => ({
      tone: 'unknown',
      verdict: l10n.t('Unknown'),
      title: partWords(part),
      text: failureWords(failure),
    }),
  );
  return [{ id: 'unread', heading: l10n.t('What could not be read'), blocks: [findingsBlock(findings)] }];
}

function gravitySections(blockers: readonly Blocker[]): readonly Section[] {
  const titles: readonly (readonly [Gravity, Tone, string])[] = [
    ['holds', 'error', l10n.t('What holds the drain')],
    ['threatens', 'warning', l10n.t('What may be lost, or take too long')],
    ['slows', 'info', l10n.t('What takes longer')],
  ];
  return titles.flatMap(([gravity, tone, heading]): readonly Section[] => {
    const found = blockers.filter((blocker) => blocker.gravity === gravity);
    return found.length === 0
      ? []
      : [
          {
            id: gravity,
            heading,
            note: podsWords(new Set(uids(found, gravity)).size),
            tone,
            blocks: [blockersBlock(heading, found, podCell)],
          },
        ];
  });
}

function podCell({ pod, controller }: Blocker): Cell {
  const name = code(objectName(pod));
  return controller ? lines([name, muted(`${controller.kind} ${controller.name}`)]) : name;
}

function answersSection(asked: readonly AskedPod[]): Section {
  const heading = l10n.t('What the API server answers');
  return {
    id: 'answers',
    heading,
    blocks: [
      text(
        l10n.t(
          'By evictions in dry run: nothing was changed. Each pod is answered as if it were the only one, so these answers do not add up.',
        ),
      ),
      ...(asked.some(({ answer }) => answer.code === 'forbidden')
        ? [
            text(
              l10n.t(
                'You lack the right to create pods/eviction. "Slipway: Copy Kubernetes Role…" yields a role that allows it, for an administrator of the cluster.',
              ),
            ),
          ]
        : []),
      rowsBlock(
        heading,
        [l10n.t('Pod'), l10n.t('Our reading'), l10n.t('The API server'), l10n.t('Same')],
        asked.map(({ pod, own, answer, agrees }) => [
          code(objectName(pod)),
          ownWords(own),
          answerWords(answer),
          agreesCell(agrees),
        ]),
      ),
    ],
  };
}

function agreesCell(agrees: boolean | undefined): Cell {
  if (agrees === undefined) return muted(l10n.t('not known'));
  return agrees ? sign('good', l10n.t('yes')) : sign('warning', l10n.t('no'));
}

function ownWords(own: OwnAnswer): string {
  switch (own.code) {
    case 'allowed':
      return l10n.t('may go');
    case 'several-budgets':
      return l10n.t('held: more than one budget covers it');
    case 'budget-behind':
      return l10n.t('held until the budget {budget} is counted anew', { budget: own.budget.name });
    case 'no-disruption-left': {
      const { name, namespace, desiredHealthy: needs, currentHealthy: has } = own.budget;
      return l10n.t('held by the budget {budget}', { budget: budgetWords({ name, namespace, needs, has }) });
    }
  }
}

function answerWords(answer: EvictionAnswer): string {
  switch (answer.code) {
    case 'allowed':
      return l10n.t('may go');
    case 'gone':
      return l10n.t('no such pod any more');
    case 'refused-by-budget':
    case 'several-budgets':
      return l10n.t('refused: {message}', { message: answer.message });
    case 'forbidden':
    case 'unknown':
      return l10n.t('not known: {message}', { message: answer.message });
  }
}

/** The page shows at most this many commands. */
const MOST_COMMANDS = 12;

function commandsOf(clusterArn: string, blockers: readonly Blocker[]): readonly string[] {
  const commands = new Set(
    blockers.flatMap((blocker) => [
      kubectl(clusterArn, '-n', blocker.pod.namespace, 'describe', 'pod', blocker.pod.name),
      ...budgetNames(blocker).map((name) =>
        kubectl(clusterArn, '-n', blocker.pod.namespace, 'describe', 'poddisruptionbudget', name),
      ),
    ]),
  );
  return [...commands].slice(0, MOST_COMMANDS);
}

function budgetNames({ facts }: Blocker): readonly string[] {
  if ('budget' in facts) return [facts.budget.name];
  return 'budgets' in facts ? facts.budgets.map(({ name }) => name) : [];
}
