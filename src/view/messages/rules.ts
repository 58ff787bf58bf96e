/** Rules of AWS that a value breaks, as sentences: what is wrong, what the rule is, what to do. */
import * as l10n from '@vscode/l10n';
import type { RuleBreach, RuleField } from '../../deploy/rules/breach';

export function breachWords({ field, ...breach }: RuleBreach): string {
  const { code, facts } = breach;
  const what = field === undefined ? l10n.t('It') : fieldName(field);
  switch (code) {
    case 'too-short':
      return facts.min === 1
        ? l10n.t('{0} is empty. Type at least one character.', { 0: what })
        : l10n.t('{0} is too short: it needs {1} characters or more.', { 0: what, 1: facts.min });
    case 'too-long':
      return l10n.t('{0} is too long: it may have {1} characters at most.', { 0: what, 1: facts.max });
    case 'characters':
      return l10n.t('{0} holds "{1}". It may hold only these characters: {2}', {
        0: what,
        1: facts.found,
        2: facts.allowed,
      });
    case 'edges':
      return l10n.t('{0} must begin and end with a letter or a digit.', { 0: what });
    case 'first-letter':
      return l10n.t('{0} must begin with a letter.', { 0: what });
    case 'one-letter-key':
      return l10n.t('"{0}" is too short: "s" is the only key of one letter that AWS takes.', {
        0: facts.value,
      });
    case 'reserved-key':
      return l10n.t('"{0}" begins with "aws", which AWS keeps for itself. Choose another key.', {
        0: facts.value,
      });
    case 'repeated-key':
      return l10n.t('The argument "{0}" is there twice. Keep one of them.', { 0: facts.key });
    case 'many-arguments':
      return l10n.t('There are {0} arguments. The AWS console takes {1} at most; the API may refuse more.', {
        0: facts.count,
        1: facts.most,
      });
    case 'script-outside':
      return l10n.t('{0} must be a path inside the zip: not absolute, and without "..".', { 0: what });
    case 'script-is-folder':
      return l10n.t('{0} names a folder. Name the file in it.', { 0: what });
    case 'form':
      return l10n.t('{0} must have one of these forms: {1}.', { 0: what, 1: facts.forms.join(', ') });
  }
}

/**
 * A `RuleField` with this prefix names a member of `slipway.json`: one of those that tell where a target
 * is.
 */
const MEMBER = 'member.';

function fieldName(field: RuleField): string {
  switch (field) {
    case 'accountId':
      return l10n.t('The account id');
    case 'argumentKey':
      return l10n.t('The key');
    case 'argumentValue':
      return l10n.t('The value');
    case 'bucket':
      return l10n.t('The bucket name');
    case 'initializationScript':
      return l10n.t('The initialization script');
    case 'key':
      return l10n.t('The object key');
    case 'prefix':
      return l10n.t('The prefix');
    case 'region':
      return l10n.t('The region');
    case 'versionId':
      return l10n.t('The object version');
    default:
      return l10n.t('The value of "{0}"', { 0: field.slice(MEMBER.length) });
  }
}
