/** What holds a drain as a page: every finding with what helps and what force would do, and the API server's answers. */
import * as l10n from '@vscode/l10n';
import type { AskedPod } from '../../drain/ask-evictions';
import type { Blocker, Gravity } from '../../drain/blocker';
import type { OwnAnswer } from '../../drain/eviction';
import type { EvictionAnswer } from '../../drain/ports';
import type { DrainReading } from '../../drain/read-drain';
import { kubectl } from '../../model/kubectl';
import { code, page, plain, table } from '../markdown';
import { budgetWords, causeWords, forcedWords, helpWords, objectName } from '../messages/drain';
import { failureWords } from '../messages/failure';
import { partWords } from '../messages/nodegroup/check-drain';
import { nodesWords, podsWords } from '../messages/nodegroup/counts';

export interface DrainPage {
  /** `trading-prod / spot`, or a node's name. */
  readonly label: string;
  readonly clusterArn: string;
  /** Epoch milliseconds. */
  readonly readAt: number;
  readonly nodes: number;
  /** That have to move. */
  readonly pods: number;
  readonly blockers: readonly Blocker[];
  readonly unread: DrainReading['unread'];
  /** What the API server answered, where it was asked. */
  readonly asked?: readonly AskedPod[];
}

export function drainPage(of: DrainPage): string {
  const { label, clusterArn, readAt, nodes, pods, blockers, unread, asked } = of;
  return page([
    `# ${l10n.t('Drain of {0}', { 0: plain(label) })}`,
    l10n.t('Read on {time}. {pods} on {nodes} have to move.', {
      time: new Date(readAt).toISOString(),
      pods: podsWords(pods),
      nodes: nodesWords(nodes),
    }),
    ...unread.map(({ part, failure }) => plain(`${partWords(part)} ${failureWords(failure)}`)),
    ...sections(blockers),
    ...(asked ? [`## ${l10n.t('What the API server answers')}`, answersBlock(asked)] : []),
    blockers.length === 0 ? undefined : `## ${l10n.t('To look closer')}`,
    commandsBlock(clusterArn, blockers),
  ]);
}

function sections(blockers: readonly Blocker[]): readonly string[] {
  if (blockers.length === 0) return [l10n.t('Nothing that can be seen holds a pod.')];
  const titles: readonly (readonly [Gravity, string])[] = [
    ['holds', l10n.t('What holds the drain')],
    ['threatens', l10n.t('What may be lost, or take too long')],
    ['slows', l10n.t('What takes longer')],
  ];
  return titles.flatMap(([gravity, title]) => {
    const found = blockers.filter((blocker) => blocker.gravity === gravity);
    return found.length === 0 ? [] : [`## ${title}`, blockersTable(found)];
  });
}

function blockersTable(blockers: readonly Blocker[]): string {
  return table(
    [
      l10n.t('Pod'),
      l10n.t('Owner'),
      l10n.t('Node'),
      l10n.t('Why'),
      l10n.t('What helps'),
      l10n.t('With force, after 15 minutes'),
    ],
    blockers.map((blocker) => [
      code(objectName(blocker.pod)),
      plain(blocker.controller ? `${blocker.controller.kind} ${blocker.controller.name}` : ''),
      code(blocker.node),
      plain(causeWords(blocker)),
      plain(helpWords(blocker)),
      plain(forcedWords(blocker.forced)),
    ]),
  );
}

function answersBlock(asked: readonly AskedPod[]): string {
  return page([
    l10n.t(
      'By evictions in dry run: nothing was changed. Each pod is answered as if it were the only one, so these answers do not add up.',
    ),
    table(
      [l10n.t('Pod'), l10n.t('Our reading'), l10n.t('The API server'), l10n.t('Same')],
      asked.map(({ pod, own, answer, agrees }) => [
        code(objectName(pod)),
        plain(ownWords(own)),
        plain(answerWords(answer)),
        agrees === undefined ? l10n.t('not known') : agrees ? l10n.t('yes') : `**${l10n.t('no')}**`,
      ]),
    ),
  ]);
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
      return l10n.t('refused: {message}', { message: answer.message });
    case 'several-budgets':
      return l10n.t('refused: {message}', { message: answer.message });
    case 'unknown':
      return l10n.t('not known: {message}', { message: answer.message });
  }
}

/** Objects that commands are shown for. */
const MOST_COMMANDS = 12;

function commandsBlock(clusterArn: string, blockers: readonly Blocker[]): string | undefined {
  const commands = new Set(
    blockers.flatMap((blocker) => [
      kubectl(clusterArn, '-n', blocker.pod.namespace, 'describe', 'pod', blocker.pod.name),
      ...budgetNames(blocker).map((name) =>
        kubectl(clusterArn, '-n', blocker.pod.namespace, 'describe', 'poddisruptionbudget', name),
      ),
    ]),
  );
  if (commands.size === 0) return undefined;
  return [...commands].slice(0, MOST_COMMANDS).map(code).join('  \n');
}

function budgetNames({ facts }: Blocker): readonly string[] {
  if ('budget' in facts) return [facts.budget.name];
  return 'budgets' in facts ? facts.budgets.map(({ name }) => name) : [];
}
