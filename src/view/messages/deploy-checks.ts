/** The checks of a deployment plan in words: the subject of each, and its finding in a sentence or a few. */
import * as l10n from '@vscode/l10n';
import type { Check, CommonCheck } from '../../deploy/plan/all-checks';
import type { RuleBreach } from '../../deploy/rules/breach';
import type { FactsByCode } from '../../model/coded';
import { presentItems } from '../../model/present';
import type { ReadFailure } from '../../plan/optional-read';
import { filesWords } from './counts';
import { partsWords } from './deploy';
import { sizeWords } from './phase';
import { breachWords } from './rules';
import { type Sentences, say } from './sentences';
import { wordsOf } from './target-kinds';
import { unreadWords } from './unread';

const SENTENCES: Sentences<CommonCheck> = {
  'account.pinned': (f) => l10n.t('The credentials belong to the pinned account {0}.', { 0: f.account }),
  'account.not-pinned': (f) => l10n.t('Account {0}; none is pinned.', { 0: f.account }),
  'account.other': (f) =>
    l10n.t('The target is for the account {0}, and the credentials belong to {1}.', {
      0: f.pinned,
      1: f.account,
    }),
  'protection.none': () => l10n.t('No target in slipway.json protects it.'),
  'protection.own': () => l10n.t('The target is protected: its name has to be typed.'),
  'protection.by-target': (f) =>
    l10n.t('The target {0} protects it: the name of the target has to be typed.', { 0: f.name }),
  'protection.hidden': () => l10n.t('A mistake in slipway.json hides whether it is protected.'),
  'first-code.has-code': () => l10n.t('There is code that can be rolled back to.'),
  'first-code.no-code': () => l10n.t('There is no code so far, and so nothing to roll back to.'),
  'drift.as-left': () => l10n.t('All is as Slipway left it the last time.'),
  'drift.never-deployed': () => l10n.t('No earlier deployment from this machine says how it should be.'),
  'drift.changed': (f) => l10n.t('Changed by somebody else: {0}.', { 0: partsWords(f.parts) }),
  'drift.accepted': (f) =>
    l10n.t('The change by somebody else ({0}) is going to be replaced, as agreed.', {
      0: partsWords(f.parts),
    }),
  'no-restart.nothing-lost': () => l10n.t('Nothing that was chosen is lost by the strategy.'),
  'no-restart.would-keep': (f) =>
    l10n.t('{0} cannot change these, and they differ from what was chosen: {1}.', {
      0: f.strategy,
      1: partsWords(f.parts),
    }),
  'names.valid': () => l10n.t('All names are valid.'),
  'names.refused': (f) => breaches(f),
  'script.none': () => l10n.t('No initialization script.'),
  'script.in-zip': (f) => l10n.t('The initialization script {0} is in the zip.', { 0: f.script }),
  'script.not-in-zip': (f) => missingScript(f),
  'script.kept-not-in-zip': (f) =>
    `${missingScript(f)} ${l10n.t('The q processes keep running, but their next start would fail.')}`,
  'script.refused': (f) => breaches(f),
  'script.unknown': (f) =>
    because(
      l10n.t('Whether the initialization script {0} is in the zip is unknown: the zip cannot be read.', {
        0: f.script,
      }),
      f.why,
    ),
  'arguments.valid': () => l10n.t('The command-line arguments are valid.'),
  'arguments.many': (f) => breachWords({ code: 'many-arguments', facts: f }),
  'arguments.refused': (f) => breaches(f),
  'dropped.nothing': () => l10n.t('Script and arguments are kept or replaced, none is lost.'),
  'dropped.some': (f) =>
    l10n.t('These get lost: {0}', {
      0: presentItems(
        f.script === undefined ? undefined : l10n.t('the initialization script {0}', { 0: f.script }),
        f.arguments.length === 0 ? undefined : l10n.t('the arguments {0}', { 0: f.arguments.join(', ') }),
      ).join(', '),
    }),
  'bucket-region.same': () => l10n.t('The bucket lies in the region in which its code is read.'),
  'bucket-region.other': (f) =>
    l10n.t('The bucket lies in {0}, and the code is read in {1}, from buckets of that region only.', {
      0: f.bucket,
      1: f.cluster,
    }),
  'bucket-region.no-such-bucket': () => l10n.t('There is no such bucket.'),
  'bucket-region.unknown': (f) => because(l10n.t("The bucket's region is unknown."), f.why),
  'versioning.enabled': () => l10n.t('The bucket keeps versions, so that a rollback is exact.'),
  'versioning.suspended': () => l10n.t("The bucket's versioning is suspended: what is overwritten is lost."),
  'versioning.off': () => l10n.t('The bucket keeps no versions: what somebody overwrites there is lost.'),
  'versioning.unknown': (f) => because(l10n.t('Whether the bucket keeps versions is unknown.'), f.why),
  'public-access.blocked': () => l10n.t('The bucket blocks public access.'),
  'public-access.open': (f) =>
    l10n.t('The bucket does not block all public access ({0}).', { 0: f.off.join(', ') }),
  'public-access.unknown': (f) =>
    because(l10n.t('Whether the bucket blocks public access is unknown.'), f.why),
  'zip.readable': (f) => l10n.t('The zip can be read: {0}.', { 0: filesWords(f.files) }),
  'zip.missing': () => l10n.t('The zip is not there.'),
  'zip.not-a-zip': () => l10n.t('The object is not a zip that can be read.'),
  'zip.unknown': (f) => because(l10n.t('The zip cannot be looked into.'), f.why),
  'content.files': (f) => `${filesWords(f.files)}.`,
  'content.empty': () => l10n.t('There is no file to deploy: the zip would be empty.'),
  'size.usual': (f) => l10n.t('{0} before packing.', { 0: sizeWords(f.bytes) }),
  'size.large': (f) => l10n.t('{0}: that is a lot for code.', { 0: sizeWords(f.bytes) }),
  'secrets.none': () =>
    l10n.t(
      'No text file looks as if it held a secret. Binary files and those over 2 MB are not looked into.',
    ),
  'secrets.found': (f) => l10n.t('These places look like secrets: {0}.', { 0: secretPlaces(f) }),
  'loads.resolved': () => l10n.t('Every file that the q sources load is in the zip.'),
  'loads.missing': (f) =>
    l10n.t('These load a file that is not in the zip: {0}.', {
      0: placesWords(
        f.places.map(({ name, ...at }) => ({ ...at, what: name })),
        f.count,
      ),
    }),
  'git.clean': (f) => l10n.t('All changes are committed ({0}).', { 0: f.commit.slice(0, 8) }),
  'git.uncommitted': (f) =>
    l10n.t('There are uncommitted changes on top of {0}.', { 0: f.commit.slice(0, 8) }),
  'git.unknown': () => l10n.t('The folder is not under git, or git did not answer.'),
  'change.some': (f) => l10n.t('Changes: {0}.', { 0: partsWords(f.parts) }),
  'change.none': () => l10n.t('Nothing changes. Strategies that restart start what runs there anew.'),
  'stored-zip.absent': () => l10n.t('The zip is new in the bucket.'),
  'stored-zip.same': () => l10n.t('The very same zip is in the bucket already; it is not sent again.'),
  'stored-zip.different': () => l10n.t('Under the name of the zip lies something else; it is replaced.'),
  'stored-zip.unknown': (f) =>
    because(l10n.t('What lies under the name of the zip cannot be read; it is replaced.'), f.why),
};

type Facts = FactsByCode<CommonCheck>;

function missingScript({ script, similar }: Facts['script.not-in-zip']): string {
  const guess = similar.length > 0 ? l10n.t(' Perhaps you mean {0}.', { 0: similar.join(', ') }) : '';
  return l10n.t('The initialization script {0} is not in the zip.', { 0: script }) + guess;
}

function breaches({ breaches: found }: { readonly breaches: readonly RuleBreach[] }): string {
  return found.map((breach) => breachWords(breach)).join(' ');
}

/** The sentence, followed by the reason why the check could not be made, if there is one. */
function because(sentence: string, why: ReadFailure | undefined): string {
  return why === undefined ? sentence : `${sentence} ${unreadWords(why)}`;
}

function secretPlaces({ places, count }: Facts['secrets.found']): string {
  return placesWords(
    places.map(({ pattern, ...at }) => ({ ...at, what: pattern })),
    count,
  );
}

interface Place {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

/**
 * Lists `places`, each as `init/start.q:3 (util.q)`, then says how many more there are.
 * @param count the number of all places.
 */
function placesWords(places: readonly Place[], count: number): string {
  const more = count - places.length;
  return (
    places.map(({ path, line, what }) => `${path}:${line} (${what})`).join(', ') +
    (more > 0 ? l10n.t(' and {0} more', { 0: more }) : '')
  );
}

/** The subject of each check that all kinds of targets share. */
const TITLES: { readonly [Id in CommonCheck['id']]: () => string } = {
  account: () => l10n.t('Account'),
  protection: () => l10n.t('Protection'),
  'first-code': () => l10n.t('Code so far'),
  drift: () => l10n.t('Changes by others'),
  'no-restart': () => l10n.t('What the strategy keeps'),
  names: () => l10n.t('Names'),
  script: () => l10n.t('Initialization script'),
  arguments: () => l10n.t('Arguments'),
  dropped: () => l10n.t('What is lost'),
  change: () => l10n.t('What changes'),
  'bucket-region': () => l10n.t('Region of the bucket'),
  versioning: () => l10n.t('Versions in the bucket'),
  'public-access': () => l10n.t('Public access to the bucket'),
  'stored-zip': () => l10n.t('Zip in the bucket'),
  zip: () => l10n.t('Zip'),
  content: () => l10n.t('Files'),
  size: () => l10n.t('Size'),
  secrets: () => l10n.t('Secrets'),
  loads: () => l10n.t('Loaded files'),
  git: () => l10n.t('Git'),
};

/** The subject of a check. */
export function checkTitle(check: Check): string {
  return 'kind' in check ? wordsOf(check.kind).checkTitle(check) : TITLES[check.id]();
}

/** The finding of a check. */
export function checkWords(check: Check): string {
  return 'kind' in check ? wordsOf(check.kind).check(check) : say(SENTENCES, check);
}
