/** The sentences of the check "Drain readiness": what would keep pods on the nodes that an update drains. */
import * as l10n from '@vscode/l10n';
import type { UnreadPart } from '../../../drain/read-drain';
import type { DrainFindings } from '../../../nodegroup/checks/drain-readiness';
import { nodesWords, podsWords } from '../counts';
import { blockerWords, helpWords } from '../drain';
import { failureWords } from '../failure';
import type { CheckCatalogue } from './check-catalogue';

/** The most blockers that a finding names; "Check Drain" shows all. */
const NAMED = 3;

export const drainChecks: CheckCatalogue<'drain-readiness'> = {
  'drain-readiness': {
    title: () => l10n.t('Drain readiness'),
    found: {
      'drain-free': (findings) =>
        joined(
          findings.pods === 0
            ? l10n.t('No pods have to move.')
            : l10n.t('Nothing that can be seen holds the pods that have to move: {pods} on {nodes}.', {
                pods: podsWords(findings.pods),
                nodes: nodesWords(findings.nodes),
              }),
          unreadWords(findings),
        ),
      'drain-slowed': (findings) =>
        joined(l10n.t('Nothing holds a pod for good.'), namedWords(findings), unreadWords(findings)),
      'drain-threatened': (findings) => joined(namedWords(findings), unreadWords(findings)),
      'drain-held': (findings) =>
        joined(
          l10n.t('The update will fail after 15 minutes at a node unless this is mended.'),
          namedWords(findings),
          unreadWords(findings),
        ),
      'drain-held-forced': (findings) =>
        joined(
          l10n.t('Force ends these pods with their node, after 15 minutes.'),
          namedWords(findings),
          unreadWords(findings),
        ),
      'drain-budgets-unknown': ({ failure }) =>
        l10n.t('Whether a budget holds pods is not known. {why}', { why: failureWords(failure) }),
      'drain-unknown': ({ failure }) =>
        l10n.t('What would hold the drain is not known. {why}', { why: failureWords(failure) }),
    },
  },
};

function joined(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** The first few blockers, each with what helps, and the number of the others. */
function namedWords({ blockers }: DrainFindings): string {
  const rest = blockers.length - NAMED;
  return joined(
    ...blockers.slice(0, NAMED).map((blocker) => joined(blockerWords(blocker), helpWords(blocker))),
    rest <= 0 ? '' : rest === 1 ? l10n.t('And one more.') : l10n.t('And {rest} more.', { rest }),
  );
}

function unreadWords({ unread }: DrainFindings): string {
  return unread.map(({ part, failure }) => `${partWords(part)} ${failureWords(failure)}`).join(' ');
}

/** A sentence which says that this part of the facts about a drain could not be read. */
export function partWords(part: UnreadPart): string {
  switch (part) {
    case 'budgets':
      return l10n.t('The budgets could not be read.');
    case 'covered-pods':
      return l10n.t('What the budgets wait for could not be read.');
    case 'code-versions':
      return l10n.t('Whether the code of the pods is still in S3 could not be read.');
  }
}
