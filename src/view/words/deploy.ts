/** Findings of a deployment plan as sentences, and what helps against each. */
import type { Check, CheckCode, Remedy } from '../../deploy/checks/check';
import type { Changes } from '../../deploy/plan/changes';
import type { RuleBreach } from '../../deploy/rules/breach';
import type { AwsFailure } from '../../model/failure';
import type { Facts, Json } from '../../model/json';
import { filesWords } from './counts';
import { sizeWords } from './phase';
import { neededWords, requestWords, serviceWords } from './requests';
import { breachWords } from './rules';
import type { Translate } from './translate';

type Sentence = (facts: Facts, t: Translate) => string;

const text = (fact: Json | undefined): string => (fact === undefined || fact === null ? '?' : String(fact));

function list(fact: Json | undefined): string {
  return Array.isArray(fact) ? fact.map(text).join(', ') : text(fact);
}

/** `init/start.q:3` for each place that a finding names, and that there are more. */
function places(facts: Facts, t: Translate): string {
  const shown = Array.isArray(facts['places']) ? facts['places'] : [];
  const words = shown.map((place: Json) => {
    const at = place as {
      readonly path?: string;
      readonly line?: number;
      readonly name?: string;
      readonly pattern?: string;
    };
    return `${at.path}:${at.line} (${at.name ?? at.pattern})`;
  });
  const more = Number(facts['count'] ?? shown.length) - shown.length;
  return words.join(', ') + (more > 0 ? t(' and {0} more', { 0: more }) : '');
}

/** The sentence, and which permission or answer was missing, where a check could not be made. */
function because(sentence: string, facts: Facts, t: Translate): string {
  const failure = facts['failure'] as unknown as AwsFailure | undefined;
  if (failure === undefined) return sentence;
  if (failure.reason === 'access-denied') return `${sentence} ${neededWords(failure, t)}`;
  return t('{0} {1} did not answer {2}: {3}', {
    0: sentence,
    1: serviceWords(failure),
    2: requestWords(failure, t),
    3: failure.message,
  });
}

function breaches(facts: Facts, t: Translate): string {
  const found = Array.isArray(facts['breaches']) ? facts['breaches'] : [];
  return found.map((breach: Json) => breachWords(breach as unknown as RuleBreach, t)).join(' ');
}

/** The parts of a configuration that a finding or a refusal names. */
export function partsWords(facts: Facts, t: Translate): string {
  const names: Readonly<Record<string, string>> = {
    code: t('code'),
    script: t('initialization script'),
    arguments: t('command-line arguments'),
  };
  return Array.isArray(facts['parts'])
    ? facts['parts'].map((part) => names[text(part)] ?? text(part)).join(', ')
    : '?';
}

const SENTENCES: { readonly [code in CheckCode]: Sentence } = {
  'service-end.not-concerned': (_f, t) => t('The sandbox is not concerned by the end of Amazon FinSpace.'),
  'service-end.ends': (_f, t) => t('AWS ends Amazon FinSpace Managed kdb Insights on October 7, 2026.'),
  'service-end.ended': (_f, t) =>
    t(
      'AWS ended Amazon FinSpace Managed kdb Insights on October 7, 2026. This works only where a compatible endpoint answers.',
    ),
  'account.pinned': (f, t) =>
    t('The credentials belong to the pinned account {0}.', { 0: text(f['account']) }),
  'account.not-pinned': (f, t) => t('Account {0}; none is pinned.', { 0: text(f['account']) }),
  'account.other': (f, t) =>
    t('The target is for the account {0}, and the credentials belong to {1}.', {
      0: text(f['pinned']),
      1: text(f['account']),
    }),
  'environment.ready': (_f, t) => t('The environment is ready.'),
  'environment.not-ready': (f, t) => breachWords({ code: 'environment-not-ready', facts: f }, t),
  'environment.unknown': (f, t) => because(t('Whether the environment is ready is unknown.'), f, t),
  'cluster.ready': (_f, t) => t('The cluster is running.'),
  'cluster.not-ready': (f, t) => breachWords({ code: 'cluster-not-ready', facts: f }, t),
  'first-code.has-code': (_f, t) => t('The cluster has code that can be rolled back to.'),
  'first-code.no-code': (_f, t) => t('The cluster has no code so far: there is nothing to roll back to.'),
  'drift.as-left': (_f, t) => t('The cluster is as Slipway left it the last time.'),
  'drift.never-deployed': (_f, t) =>
    t('No earlier deployment from this machine says how the cluster should be.'),
  'drift.changed': (f, t) => t('Changed by somebody else: {0}.', { 0: partsWords(f, t) }),
  'drift.accepted': (f, t) =>
    t('The change by somebody else ({0}) is going to be replaced, as agreed.', { 0: partsWords(f, t) }),
  'strategy.fits': (f, t) => t('{0} is possible on this type of cluster.', { 0: text(f['strategy']) }),
  'strategy.not-for-type': (f, t) => breachWords({ code: 'strategy-not-for-type', facts: f }, t),
  'strategy.force': (_f, t) =>
    t('FORCE stops all q processes at once: the cluster is away until they have started again.'),
  'no-restart.nothing-lost': (_f, t) => t('Nothing that was chosen is lost by the strategy.'),
  'no-restart.would-keep': (f, t) =>
    t('NO_RESTART cannot change these, and they differ from what was chosen: {0}.', { 0: partsWords(f, t) }),
  'names.valid': (_f, t) => t('All names are such as AWS takes.'),
  'names.refused': (f, t) => breaches(f, t),
  'script.none': (_f, t) => t('No initialization script.'),
  'script.in-zip': (f, t) => t('The initialization script {0} is in the zip.', { 0: text(f['script']) }),
  'script.not-in-zip': (f, t) => missingScript(f, t),
  'script.kept-not-in-zip': (f, t) =>
    `${missingScript(f, t)} ${t('The q processes keep running, but their next start would fail.')}`,
  'script.refused': (f, t) => breaches(f, t),
  'script.unknown': (f, t) =>
    because(
      t('Whether the initialization script {0} is in the zip is unknown: the zip cannot be read.', {
        0: text(f['script']),
      }),
      f,
      t,
    ),
  'arguments.valid': (_f, t) => t('The command-line arguments are such as AWS takes.'),
  'arguments.many': (f, t) => breachWords({ code: 'many-arguments', facts: f }, t),
  'arguments.refused': (f, t) => breaches(f, t),
  'dropped.nothing': (_f, t) => t('Script and arguments of the cluster are kept or replaced, none is lost.'),
  'dropped.some': (f, t) =>
    t('The cluster loses: {0}', {
      0: [
        ...(f['script'] === undefined ? [] : [t('the initialization script {0}', { 0: text(f['script']) })]),
        ...(Array.isArray(f['arguments']) && f['arguments'].length > 0
          ? [t('the arguments {0}', { 0: list(f['arguments']) })]
          : []),
      ].join(', '),
    }),
  'bucket-region.same': (_f, t) => t("The bucket lies in the cluster's region."),
  'bucket-region.other': (f, t) =>
    t('The bucket lies in {0}, the cluster in {1}: FinSpace reads code in its own region only.', {
      0: text(f['bucket']),
      1: text(f['cluster']),
    }),
  'bucket-region.no-such-bucket': (_f, t) => t('There is no such bucket.'),
  'bucket-region.unknown': (f, t) => because(t("The bucket's region is unknown."), f, t),
  'versioning.enabled': (_f, t) => t('The bucket keeps versions, so that a rollback is exact.'),
  'versioning.suspended': (_f, t) => t("The bucket's versioning is suspended: what is overwritten is lost."),
  'versioning.off': (_f, t) => t('The bucket keeps no versions: what somebody overwrites there is lost.'),
  'versioning.unknown': (f, t) => because(t('Whether the bucket keeps versions is unknown.'), f, t),
  'bucket-policy.lets-read': (_f, t) => t('The bucket policy lets FinSpace read the code.'),
  'bucket-policy.lacks': (f, t) =>
    t('The bucket policy does not let finspace.amazonaws.com do: {0}.', { 0: list(f['actions']) }),
  'bucket-policy.denies': (f, t) =>
    t('The bucket policy forbids finspace.amazonaws.com: {0}.', { 0: list(f['actions']) }),
  'bucket-policy.unknown': (f, t) => because(t('Whether FinSpace may read the bucket is unknown.'), f, t),
  'public-access.blocked': (_f, t) => t('The bucket blocks public access.'),
  'public-access.open': (f, t) =>
    t('The bucket does not block all public access ({0}).', { 0: list(f['off']) }),
  'public-access.unknown': (f, t) => because(t('Whether the bucket blocks public access is unknown.'), f, t),
  'zip.readable': (f, t) => t('The zip can be read: {0}.', { 0: filesWords(Number(f['files']), t) }),
  'zip.missing': (_f, t) => t('The zip is not there.'),
  'zip.not-a-zip': (_f, t) => t('The object is not a zip that can be read.'),
  'zip.unknown': (f, t) => because(t('The zip cannot be looked into.'), f, t),
  'content.files': (f, t) => `${filesWords(Number(f['files']), t)}.`,
  'content.empty': (_f, t) => t('There is no file to deploy: the zip would be empty.'),
  'size.usual': (f, t) => sized(f, t),
  'size.large': (f, t) => t('{0}: that is a lot for code.', { 0: sizeWords(Number(f['bytes'])) }),
  'secrets.none': (_f, t) =>
    t('No text file looks as if it held a secret. Binary files and those over 2 MB are not looked into.'),
  'secrets.found': (f, t) => t('These places look like secrets: {0}.', { 0: places(f, t) }),
  'loads.resolved': (_f, t) => t('Every file that the q sources load is in the zip.'),
  'loads.missing': (f, t) => t('These load a file that is not in the zip: {0}.', { 0: places(f, t) }),
  'git.clean': (f, t) => t('All changes are committed ({0}).', { 0: text(f['commit']).slice(0, 8) }),
  'git.uncommitted': (f, t) =>
    t('There are uncommitted changes on top of {0}.', { 0: text(f['commit']).slice(0, 8) }),
  'git.unknown': (_f, t) => t('The folder is not under git, or git did not answer.'),
  'change.some': (f, t) => t('Changes: {0}.', { 0: partsWords(f, t) }),
  'change.none': (_f, t) => t('Nothing changes. ROLLING and FORCE restart the q processes.'),
  'stored-zip.absent': (_f, t) => t('The zip is new in the bucket.'),
  'stored-zip.same': (_f, t) => t('The very same zip is in the bucket already; it is not sent again.'),
  'stored-zip.different': (_f, t) => t('Under the name of the zip lies something else; it is replaced.'),
  'stored-zip.unknown': (f, t) =>
    because(t('What lies under the name of the zip cannot be read; it is replaced.'), f, t),
};

function missingScript(facts: Facts, t: Translate): string {
  const similar =
    Array.isArray(facts['similar']) && facts['similar'].length > 0
      ? t(' Perhaps you mean {0}.', { 0: list(facts['similar']) })
      : '';
  return t('The initialization script {0} is not in the zip.', { 0: text(facts['script']) }) + similar;
}

function sized(facts: Facts, t: Translate): string {
  return t('{0} before packing.', { 0: sizeWords(Number(facts['bytes'])) });
}

export function checkWords(check: Check, t: Translate): string {
  return SENTENCES[`${check.id}.${check.finding}` as CheckCode](check.facts, t);
}

/** Which files a deployment changes, in a few words. */
export function changesWords(changes: Changes, t: Translate): string {
  switch (changes.kind) {
    case 'known':
      return t('{0} added, {1} changed, {2} removed', {
        0: changes.added.length,
        1: changes.changed.length,
        2: changes.removed.length,
      });
    case 'first':
      return t('{0}, the first code of this cluster', { 0: filesWords(changes.files, t) });
    case 'not-compared':
      return t('not compared with what is deployed');
    case 'unreadable':
      return t('what is deployed could not be read');
  }
}

export function checkRemedyWords(remedy: Remedy, t: Translate): string {
  switch (remedy) {
    case 'accept-drift':
      return t('Look at the difference, then agree to replace it, or leave.');
    case 'add-bucket-policy':
      return t('Add a statement for finspace.amazonaws.com to the bucket policy.');
    case 'add-files':
      return t('Add the files, or bring them back with a "!" line in .slipwayignore.');
    case 'block-public-access':
      return t('Block public access in the settings of the bucket.');
    case 'change-name':
      return t('Change the name.');
    case 'choose-bucket':
      return t("Choose a bucket in the cluster's region.");
    case 'choose-folder':
      return t('Choose another folder, or look at what is left out.');
    case 'choose-script':
      return t('Choose a script that is in the zip, or none.');
    case 'choose-zip':
      return t('Choose another zip.');
    case 'commit':
      return t('Commit first, so that others can see what runs.');
    case 'edit-arguments':
      return t('Edit the arguments.');
    case 'enable-versioning':
      return t('Enable versioning on the bucket.');
    case 'keep-arguments':
      return t('Keep them, unless you mean it.');
    case 'leave-out':
      return t('Leave the files out with a line in .slipwayignore.');
    case 'read-about-the-end':
      return t('Use a FinSpace-compatible endpoint or the sandbox.');
    case 'switch-account':
      return t('Choose a connection of that account.');
    case 'use-rolling':
      return t('Choose ROLLING.');
    case 'wait':
      return t('Wait until it is ready, then plan again.');
  }
}
