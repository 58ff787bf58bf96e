/** Findings of a deployment plan as sentences, and what helps against each. */
import * as l10n from '@vscode/l10n';
import type { Check, CheckCode, Remedy } from '../../deploy/checks/check';
import type { Changes } from '../../deploy/plan/changes';
import type { RuleBreach } from '../../deploy/rules/breach';
import type { AwsFailure } from '../../model/failure';
import type { Facts, Json } from '../../model/json';
import { filesWords } from './counts';
import { sizeWords } from './phase';
import { neededWords, requestWords, serviceWords } from './requests';
import { breachWords } from './rules';

type Sentence = (facts: Facts) => string;

const text = (fact: Json | undefined): string => (fact === undefined || fact === null ? '?' : String(fact));

function list(fact: Json | undefined): string {
  return Array.isArray(fact) ? fact.map(text).join(', ') : text(fact);
}

/** `init/start.q:3` for each place that a finding names, and that there are more. */
function places(facts: Facts): string {
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
  return words.join(', ') + (more > 0 ? l10n.t(' and {0} more', { 0: more }) : '');
}

/** The sentence, and which permission or answer was missing, where a check could not be made. */
function because(sentence: string, facts: Facts): string {
  const failure = facts['failure'] as unknown as AwsFailure | undefined;
  if (failure === undefined) return sentence;
  if (failure.reason === 'access-denied') return `${sentence} ${neededWords(failure)}`;
  return l10n.t('{0} {1} did not answer {2}: {3}', {
    0: sentence,
    1: serviceWords(failure),
    2: requestWords(failure),
    3: failure.message,
  });
}

function breaches(facts: Facts): string {
  const found = Array.isArray(facts['breaches']) ? facts['breaches'] : [];
  return found.map((breach: Json) => breachWords(breach as unknown as RuleBreach)).join(' ');
}

/** The parts of a configuration that a finding or a refusal names. */
export function partsWords(facts: Facts): string {
  const names: Readonly<Record<string, string>> = {
    code: l10n.t('code'),
    script: l10n.t('initialization script'),
    arguments: l10n.t('command-line arguments'),
  };
  return Array.isArray(facts['parts'])
    ? facts['parts'].map((part) => names[text(part)] ?? text(part)).join(', ')
    : '?';
}

const SENTENCES: { readonly [code in CheckCode]: Sentence } = {
  'service-end.not-concerned': () => l10n.t('The sandbox is not concerned by the end of Amazon FinSpace.'),
  'service-end.ends': () => l10n.t('AWS ends Amazon FinSpace Managed kdb Insights on October 7, 2026.'),
  'service-end.ended': () =>
    l10n.t(
      'AWS ended Amazon FinSpace Managed kdb Insights on October 7, 2026. This works only where a compatible endpoint answers.',
    ),
  'account.pinned': (f) =>
    l10n.t('The credentials belong to the pinned account {0}.', { 0: text(f['account']) }),
  'account.not-pinned': (f) => l10n.t('Account {0}; none is pinned.', { 0: text(f['account']) }),
  'account.other': (f) =>
    l10n.t('The target is for the account {0}, and the credentials belong to {1}.', {
      0: text(f['pinned']),
      1: text(f['account']),
    }),
  'environment.ready': () => l10n.t('The environment is ready.'),
  'environment.not-ready': (f) => breachWords({ code: 'environment-not-ready', facts: f }),
  'environment.unknown': (f) => because(l10n.t('Whether the environment is ready is unknown.'), f),
  'cluster.ready': () => l10n.t('The cluster is running.'),
  'cluster.not-ready': (f) => breachWords({ code: 'cluster-not-ready', facts: f }),
  'first-code.has-code': () => l10n.t('The cluster has code that can be rolled back to.'),
  'first-code.no-code': () => l10n.t('The cluster has no code so far: there is nothing to roll back to.'),
  'drift.as-left': () => l10n.t('The cluster is as Slipway left it the last time.'),
  'drift.never-deployed': () =>
    l10n.t('No earlier deployment from this machine says how the cluster should be.'),
  'drift.changed': (f) => l10n.t('Changed by somebody else: {0}.', { 0: partsWords(f) }),
  'drift.accepted': (f) =>
    l10n.t('The change by somebody else ({0}) is going to be replaced, as agreed.', { 0: partsWords(f) }),
  'strategy.fits': (f) => l10n.t('{0} is possible on this type of cluster.', { 0: text(f['strategy']) }),
  'strategy.not-for-type': (f) => breachWords({ code: 'strategy-not-for-type', facts: f }),
  'strategy.force': () =>
    l10n.t('FORCE stops all q processes at once: the cluster is away until they have started again.'),
  'no-restart.nothing-lost': () => l10n.t('Nothing that was chosen is lost by the strategy.'),
  'no-restart.would-keep': (f) =>
    l10n.t('NO_RESTART cannot change these, and they differ from what was chosen: {0}.', {
      0: partsWords(f),
    }),
  'names.valid': () => l10n.t('All names are such as AWS takes.'),
  'names.refused': (f) => breaches(f),
  'script.none': () => l10n.t('No initialization script.'),
  'script.in-zip': (f) => l10n.t('The initialization script {0} is in the zip.', { 0: text(f['script']) }),
  'script.not-in-zip': (f) => missingScript(f),
  'script.kept-not-in-zip': (f) =>
    `${missingScript(f)} ${l10n.t('The q processes keep running, but their next start would fail.')}`,
  'script.refused': (f) => breaches(f),
  'script.unknown': (f) =>
    because(
      l10n.t('Whether the initialization script {0} is in the zip is unknown: the zip cannot be read.', {
        0: text(f['script']),
      }),
      f,
    ),
  'arguments.valid': () => l10n.t('The command-line arguments are such as AWS takes.'),
  'arguments.many': (f) => breachWords({ code: 'many-arguments', facts: f }),
  'arguments.refused': (f) => breaches(f),
  'dropped.nothing': () => l10n.t('Script and arguments of the cluster are kept or replaced, none is lost.'),
  'dropped.some': (f) =>
    l10n.t('The cluster loses: {0}', {
      0: [
        ...(f['script'] === undefined
          ? []
          : [l10n.t('the initialization script {0}', { 0: text(f['script']) })]),
        ...(Array.isArray(f['arguments']) && f['arguments'].length > 0
          ? [l10n.t('the arguments {0}', { 0: list(f['arguments']) })]
          : []),
      ].join(', '),
    }),
  'bucket-region.same': () => l10n.t("The bucket lies in the cluster's region."),
  'bucket-region.other': (f) =>
    l10n.t('The bucket lies in {0}, the cluster in {1}: FinSpace reads code in its own region only.', {
      0: text(f['bucket']),
      1: text(f['cluster']),
    }),
  'bucket-region.no-such-bucket': () => l10n.t('There is no such bucket.'),
  'bucket-region.unknown': (f) => because(l10n.t("The bucket's region is unknown."), f),
  'versioning.enabled': () => l10n.t('The bucket keeps versions, so that a rollback is exact.'),
  'versioning.suspended': () => l10n.t("The bucket's versioning is suspended: what is overwritten is lost."),
  'versioning.off': () => l10n.t('The bucket keeps no versions: what somebody overwrites there is lost.'),
  'versioning.unknown': (f) => because(l10n.t('Whether the bucket keeps versions is unknown.'), f),
  'bucket-policy.lets-read': () => l10n.t('The bucket policy lets FinSpace read the code.'),
  'bucket-policy.lacks': (f) =>
    l10n.t('The bucket policy does not let finspace.amazonaws.com do: {0}.', { 0: list(f['actions']) }),
  'bucket-policy.denies': (f) =>
    l10n.t('The bucket policy forbids finspace.amazonaws.com: {0}.', { 0: list(f['actions']) }),
  'bucket-policy.unknown': (f) => because(l10n.t('Whether FinSpace may read the bucket is unknown.'), f),
  'public-access.blocked': () => l10n.t('The bucket blocks public access.'),
  'public-access.open': (f) =>
    l10n.t('The bucket does not block all public access ({0}).', { 0: list(f['off']) }),
  'public-access.unknown': (f) => because(l10n.t('Whether the bucket blocks public access is unknown.'), f),
  'zip.readable': (f) => l10n.t('The zip can be read: {0}.', { 0: filesWords(Number(f['files'])) }),
  'zip.missing': () => l10n.t('The zip is not there.'),
  'zip.not-a-zip': () => l10n.t('The object is not a zip that can be read.'),
  'zip.unknown': (f) => because(l10n.t('The zip cannot be looked into.'), f),
  'content.files': (f) => `${filesWords(Number(f['files']))}.`,
  'content.empty': () => l10n.t('There is no file to deploy: the zip would be empty.'),
  'size.usual': (f) => sized(f),
  'size.large': (f) => l10n.t('{0}: that is a lot for code.', { 0: sizeWords(Number(f['bytes'])) }),
  'secrets.none': () =>
    l10n.t(
      'No text file looks as if it held a secret. Binary files and those over 2 MB are not looked into.',
    ),
  'secrets.found': (f) => l10n.t('These places look like secrets: {0}.', { 0: places(f) }),
  'loads.resolved': () => l10n.t('Every file that the q sources load is in the zip.'),
  'loads.missing': (f) => l10n.t('These load a file that is not in the zip: {0}.', { 0: places(f) }),
  'git.clean': (f) => l10n.t('All changes are committed ({0}).', { 0: text(f['commit']).slice(0, 8) }),
  'git.uncommitted': (f) =>
    l10n.t('There are uncommitted changes on top of {0}.', { 0: text(f['commit']).slice(0, 8) }),
  'git.unknown': () => l10n.t('The folder is not under git, or git did not answer.'),
  'change.some': (f) => l10n.t('Changes: {0}.', { 0: partsWords(f) }),
  'change.none': () => l10n.t('Nothing changes. ROLLING and FORCE restart the q processes.'),
  'stored-zip.absent': () => l10n.t('The zip is new in the bucket.'),
  'stored-zip.same': () => l10n.t('The very same zip is in the bucket already; it is not sent again.'),
  'stored-zip.different': () => l10n.t('Under the name of the zip lies something else; it is replaced.'),
  'stored-zip.unknown': (f) =>
    because(l10n.t('What lies under the name of the zip cannot be read; it is replaced.'), f),
};

function missingScript(facts: Facts): string {
  const similar =
    Array.isArray(facts['similar']) && facts['similar'].length > 0
      ? l10n.t(' Perhaps you mean {0}.', { 0: list(facts['similar']) })
      : '';
  return l10n.t('The initialization script {0} is not in the zip.', { 0: text(facts['script']) }) + similar;
}

function sized(facts: Facts): string {
  return l10n.t('{0} before packing.', { 0: sizeWords(Number(facts['bytes'])) });
}

export function checkWords(check: Check): string {
  return SENTENCES[`${check.id}.${check.finding}` as CheckCode](check.facts);
}

/** Which files a deployment changes, in a few words. */
export function changesWords(changes: Changes): string {
  switch (changes.kind) {
    case 'known':
      return l10n.t('{0} added, {1} changed, {2} removed', {
        0: changes.added.length,
        1: changes.changed.length,
        2: changes.removed.length,
      });
    case 'first':
      return l10n.t('{0}, the first code of this cluster', { 0: filesWords(changes.files) });
    case 'not-compared':
      return l10n.t('not compared with what is deployed');
    case 'unreadable':
      return l10n.t('what is deployed could not be read');
  }
}

export function checkRemedyWords(remedy: Remedy): string {
  switch (remedy) {
    case 'accept-drift':
      return l10n.t('Look at the difference, then agree to replace it, or leave.');
    case 'add-bucket-policy':
      return l10n.t('Add a statement for finspace.amazonaws.com to the bucket policy.');
    case 'add-files':
      return l10n.t('Add the files, or bring them back with a "!" line in .slipwayignore.');
    case 'block-public-access':
      return l10n.t('Block public access in the settings of the bucket.');
    case 'change-name':
      return l10n.t('Change the name.');
    case 'choose-bucket':
      return l10n.t("Choose a bucket in the cluster's region.");
    case 'choose-folder':
      return l10n.t('Choose another folder, or look at what is left out.');
    case 'choose-script':
      return l10n.t('Choose a script that is in the zip, or none.');
    case 'choose-zip':
      return l10n.t('Choose another zip.');
    case 'commit':
      return l10n.t('Commit first, so that others can see what runs.');
    case 'edit-arguments':
      return l10n.t('Edit the arguments.');
    case 'enable-versioning':
      return l10n.t('Enable versioning on the bucket.');
    case 'keep-arguments':
      return l10n.t('Keep them, unless you mean it.');
    case 'leave-out':
      return l10n.t('Leave the files out with a line in .slipwayignore.');
    case 'read-about-the-end':
      return l10n.t('Use a FinSpace-compatible endpoint or the sandbox.');
    case 'switch-account':
      return l10n.t('Choose a connection of that account.');
    case 'use-rolling':
      return l10n.t('Choose ROLLING.');
    case 'wait':
      return l10n.t('Wait until it is ready, then plan again.');
  }
}
