/**
 * For each node group, the blockers that would hold its pods while its nodes are replaced. The data of this
 * section is read last, from inside the cluster.
 */
import * as l10n from '@vscode/l10n';
import { presentItems } from '../../../model/present';
import type { Check } from '../../../nodegroup/checks/all-checks';
import { byWeight } from '../../../plan/verdict';
import { checkWords } from '../../messages/nodegroup';
import { verdictWord } from '../../messages/verdicts';
import { findingsBlock, text } from '../blocks';
import type { Finding, Section } from '../page';
import { VERDICT_TONES } from '../plans/plan-page';
import { type GroupDrain, READINESS_BUTTON } from './shown-readiness';

export function drainSection(drains: readonly GroupDrain[]): Section {
  const read = drains.flatMap(({ nodegroup, check }) =>
    check ? [{ verdict: check.verdict, id: nodegroup, nodegroup, check }] : [],
  );
  const left = drains.length - read.length;
  return {
    id: 'drains',
    heading: l10n.t('Drain readiness'),
    note: l10n.t('what would hold the pods while nodes are replaced, seen inside the cluster'),
    blocks: drains.length === 0 ? [text(l10n.t('No node groups.'))] : [findingsBlock(findingsOf(read, left))],
  };
}

type ReadDrain = Required<GroupDrain>;

function findingsOf(
  read: readonly (ReadDrain & { readonly verdict: Check['verdict']; readonly id: string })[],
  left: number,
): readonly Finding[] {
  return presentItems<Finding>(
    ...sameTogether(byWeight(read)),
    left === 0
      ? undefined
      : {
          tone: 'running',
          verdict: l10n.t('Reading'),
          title: l10n.t('Looking into the cluster. Node groups still to be read: {0}', { 0: left }),
        },
  );
}

/**
 * Merges the findings of the node groups whose blockers could not be read, if all of them have the same
 * reason.
 */
function sameTogether(read: readonly ReadDrain[]): readonly Finding[] {
  const unknown = read.filter(({ check }) => check.code === 'drain-unknown');
  const others = read.filter(({ check }) => check.code !== 'drain-unknown').map(findingOf);
  const [first] = unknown;
  if (first === undefined || unknown.some(({ check }) => checkWords(check) !== checkWords(first.check)))
    return [...others, ...unknown.map(findingOf)];
  const { title, ...finding } = findingOf(first);
  return [
    ...others,
    {
      ...finding,
      title: unknown.length === 1 ? title : unknown.map(({ nodegroup }) => nodegroup).join(', '),
    },
  ];
}

function findingOf({ nodegroup, check }: ReadDrain): Finding {
  return {
    tone: VERDICT_TONES[check.verdict],
    verdict: verdictWord(check.verdict),
    title: nodegroup,
    text: checkWords(check),
    ...(check.code !== 'drain-unknown' &&
      check.verdict !== 'pass' && {
        buttons: [
          {
            id: `${READINESS_BUTTON.drain}${nodegroup}`,
            label: l10n.t('Check Drain of {0}…', { 0: nodegroup }),
          },
        ],
      }),
  };
}
