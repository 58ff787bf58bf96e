/** Mistakes in `slipway.json` as sentences: what is wrong, and what to write instead. */
import * as l10n from '@vscode/l10n';
import type { TargetProblem } from '../../deploy/targets/problem';
import type { Json } from '../../model/json';
import { breachWords } from './rules';

export function targetProblemWords(problem: TargetProblem): string {
  const { code, facts } = problem;
  switch (code) {
    case 'syntax':
      return l10n.t('This is no JSON ({0}).', { 0: facts.error });
    case 'wrong-type':
      return l10n.t('This must be of the type {0}, and is {1}.', {
        0: quoted(facts.expected),
        1: facts.found,
      });
    case 'not-allowed-value':
      return l10n.t('Only these values are possible: {0}.', { 0: quoted(facts.allowed) });
    case 'missing-member':
      return l10n.t('"{0}" is missing.', { 0: facts.name });
    case 'unknown-member':
      return l10n.t('Slipway knows no "{0}" here.', { 0: facts.name });
    case 'too-small':
      return l10n.t('The smallest possible value is {0}.', { 0: facts.minimum });
    case 'too-large':
      return l10n.t('The largest possible value is {0}.', { 0: facts.maximum });
    case 'repeated-name':
      return l10n.t('"{0}" stands here twice, and the first would have no effect. Remove one of them.', {
        0: facts.name,
      });
    case 'too-large-file':
      return l10n.t(
        'slipway.json is too large ({0} characters): Slipway reads up to {1}, and uses none of it. Take out what repeats itself under "defaults", or open folders with a file of their own.',
        { 0: facts.length, 1: facts.most },
      );
    case 'too-deep':
      return l10n.t(
        'From here on slipway.json holds more than {0} objects and lists inside of one another, and none of it is used. No target needs so many: take them out.',
        { 0: facts.most },
      );
    case 'too-many-targets':
      return l10n.t(
        'There are {0} targets. Slipway reads up to {1} from one file, and uses none of more. Put some of them into the slipway.json of another folder.',
        { 0: facts.count, 1: facts.most },
      );
    case 'not-utf8':
      return l10n.t(
        'slipway.json is saved as {0}, and Slipway reads UTF-8 alone: none of it is used. Save it again with the encoding UTF-8.',
        { 0: facts.encoding ?? l10n.t('something else than UTF-8') },
      );
    case 'missing-in-target':
      return l10n.t('"{0}" is missing: write it here or under "defaults".', { 0: facts.name });
    case 'root-outside':
      return l10n.t('"{0}" leads out of this folder. Name a folder below slipway.json, relative to it.', {
        0: facts.value,
      });
    case 'not-for-kind':
      return l10n.t('"{0}" says nothing to a target of the kind {1}. Take it out.', {
        0: facts.name,
        1: facts.kind,
      });
    case 'no-restart-keeps':
      return l10n.t(
        'NO_RESTART keeps the script and the arguments of the cluster, so that setting them has no effect. Leave them out, or choose ROLLING.',
      );
    case 'on-save-never':
      return facts.protected
        ? l10n.t('A protected target is never deployed on save. Switch one of the two off.')
        : l10n.t('FORCE is never used on save. Choose another strategy, or switch deploy on save off.');
    default:
      return breachWords(problem);
  }
}

function quoted(values: readonly Json[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}
