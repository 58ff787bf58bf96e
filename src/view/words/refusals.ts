/** Slipway's own refusals as sentences: what it refuses, why, and the way out. */
import * as l10n from '@vscode/l10n';
import type { ConfigurationPart } from '../../deploy/configuration';
import type { Facts, Json } from '../../model/json';
import { partsWords } from './deploy';
import { durationWords } from './phase';
import { fileUnreadableWords, profileUnusableWords } from './profile-files';

const text = (fact: Json | undefined): string => (fact === undefined || fact === null ? '?' : String(fact));
const list = (fact: Json | undefined): string =>
  Array.isArray(fact) ? fact.map(text).join(', ') : text(fact);

function partsIn({ parts }: Facts): string {
  return Array.isArray(parts) ? partsWords(parts as readonly ConfigurationPart[]) : '?';
}

const NAMED = 3;

/** The first few by name, and how many more there are. */
function someOf(fact: Json | undefined): string {
  if (!Array.isArray(fact) || fact.length <= NAMED) return list(fact);
  return l10n.t('{0} and {1} more', { 0: list(fact.slice(0, NAMED)), 1: fact.length - NAMED });
}

/** The sentence for a refusal; undefined for a code that is not known here, which is then shown as it is. */
export function refusalWords(code: string, facts: Facts): string | undefined {
  const f = (name: string): string => text(facts[name]);
  switch (code) {
    // deploying
    case 'account-changed':
      return l10n.t(
        'The plan was made for the account {0}, and the credentials belong to {1} now. Nothing was sent. Choose the right profile and plan again.',
        { 0: f('planned'), 1: f('found') },
      );
    case 'plan-blocked':
      return facts['checks'] === undefined
        ? l10n.t('The plan for {0} is blocked. Look at the plan for what helps.', { 0: f('label') })
        : l10n.t('The plan is blocked by: {0}. Look at the plan for what helps.', {
            0: list(facts['checks']),
          });
    case 'drift':
      return l10n.t('Since the plan somebody changed the cluster: {0}. Plan again, and look at both.', {
        0: partsIn(facts),
      });
    case 'cluster-not-ready':
      return l10n.t('The cluster is {0} now and takes no code. Nothing was sent. Wait until it is RUNNING.', {
        0: f('status'),
      });
    case 'stored-zip-wrong':
      return l10n.t('What S3 stored as {0} is not what was sent. No update was sent. Try again.', {
        0: f('key'),
      });
    case 'parts-left':
      return l10n.t(
        'Parts of an upload of {0} are still in the bucket {1}, though S3 said that it removed them. Slipway tries again later.',
        { 0: f('key'), 1: f('bucket') },
      );
    case 'zip-changed':
      return l10n.t('The zip {0} is gone or another one by now. Nothing was sent. Plan again.', {
        0: f('key'),
      });
    case 'zip-unreadable':
      return l10n.t('The object {0} cannot be read as a zip.', { 0: f('key') });
    case 'folder-not-given':
      return l10n.t('The folder {0} of the plan is not at hand any more. Nothing was sent. Plan again.', {
        0: f('root'),
      });
    case 'no-such-entry':
      return l10n.t('There is no file {0} in the zip.', { 0: f('path') });
    case 'update-failed':
      return l10n.t(
        'FinSpace went back to the configuration of before{0}. Look at the logs of the cluster for what the initialization script said, or roll back.',
        {
          0: typeof facts['statusReason'] === 'string' ? `: ${facts['statusReason']}` : '',
        },
      );
    case 'foreign-change':
      return l10n.t(
        'While the update ran, somebody else changed the cluster: {0}. Look at what it has now before you deploy again.',
        { 0: partsIn(facts) },
      );
    case 'cluster-gone':
      return l10n.t('The cluster was deleted, or is being deleted ({0}).', { 0: f('status') });
    case 'never-arrived':
      return l10n.t(
        'No answer to the request came, and AWS shows no trace of it. Look at the cluster, then deploy again.',
      );
    case 'token-expired':
      return l10n.t(
        'More than ten minutes have passed, so that AWS would take the request for another one. Plan again.',
      );
    case 'operation-unreadable':
      return l10n.t('What the ledger says of this operation cannot be followed ({0}).', { 0: f('what') });
    case 'same-cluster-twice':
      return l10n.t('{0} is chosen twice. Choose each cluster once.', { 0: f('label') });

    // targets and commands
    case 'workspace-not-trusted':
      return l10n.t('This workspace is not trusted, so Slipway changes nothing from here. Trust it first.');
    case 'no-connection':
      return facts['account'] === undefined
        ? l10n.t('The target is for the sandbox, and there is none yet. Run "Try It in the Sandbox" first.')
        : l10n.t('No connection leads to the account {0} in {1}. Add a profile for it in the Slipway view.', {
            0: f('account'),
            1: f('region'),
          });
    case 'target-not-here':
      return l10n.t(
        'This was deployed by the target {0}, which is not in slipway.json any more, or not in this window. Open {1}, or run "Deploy Code…".',
        { 0: f('target'), 1: f('root') },
      );
    case 'not-savable':
      return l10n.t(
        'The deployment to {0} is a target already, or its folder is not in this workspace. Open the folder first.',
        { 0: f('label') },
      );
    case 'zip-not-savable':
      return l10n.t(
        'What was deployed to {0} is a zip that was in S3 already, and a target deploys a folder. Run "Deploy Code…" with the folder, then save that deployment.',
        { 0: f('label') },
      );
    case 'task-missing':
      return l10n.t('There is no task "{0}", which has to succeed before the target is deployed.', {
        0: f('task'),
      });
    case 'task-failed': {
      const exitCode = facts['exitCode'] === undefined ? l10n.t('no exit code') : f('exitCode');
      return facts['part'] === undefined
        ? l10n.t('The task "{0}" failed ({1}), so nothing was deployed. Its terminal says why.', {
            0: f('task'),
            1: exitCode,
          })
        : l10n.t(
            'The task "{0}" failed, since "{1}" failed ({2}), so nothing was deployed. The terminal of "{1}" says why.',
            { 0: f('task'), 1: f('part'), 2: exitCode },
          );
    }
    case 'task-not-started':
      return l10n.t(
        'For {1} s nothing of the task "{0}" ran, so nothing was deployed. It may wait for an answer, or use a variable that has no value, like the open file where none is open. The output "Tasks" of VS Code says more.',
        { 0: f('task'), 1: f('seconds') },
      );
    case 'unsaved-files':
      return l10n.t(
        'VS Code would save {0}, finished or not, before the task "{1}" runs, so nothing was deployed. Save by hand first, or set task.saveBeforeRun to never.',
        { 0: someOf(facts['files']), 1: f('task') },
      );
    case 'no-deployed-code':
      return l10n.t('{0} has no code so far: there is nothing to compare with.', { 0: f('cluster') });
    case 'deployed-code-unreadable':
      return l10n.t('The code that runs on {0} cannot be read. {1}', { 0: f('cluster'), 1: f('why') });
    case 'nothing-before':
      return l10n.t('{0} had no code before this deployment: there is nothing to roll back to.', {
        0: f('cluster'),
      });
    case 'no-log-group':
      return l10n.t('{0} has written no logs: there is no log group {1}.', {
        0: f('cluster'),
        1: f('group'),
      });

    // packing
    case 'folder-missing':
      return l10n.t('The folder {0} is not there.', { 0: f('path') });
    case 'root-leaves-folder':
      return l10n.t(
        'The root {0} is a link that leads to {1}, out of {2}. A target deploys only what is below its slipway.json. Name a folder there, or open the folder that the link leads to and give it a target of its own.',
        { 0: f('path'), 1: f('target'), 2: f('folder') },
      );
    case 'root-is-link':
      return l10n.t(
        'The root {0} is a link, or lies behind one, and where it leads cannot be told in this kind of folder. Name a folder that is none.',
        { 0: f('path') },
      );
    case 'rules-leave-folder':
      return l10n.t(
        'The file {0} is a link that leads out of {1}, so its rules are not read. Put a copy of the file in its place.',
        { 0: f('path'), 1: f('folder') },
      );
    case 'folder-unreadable':
      return l10n.t('The folder {0} cannot be read ({1}).', { 0: f('path'), 1: f('code') });
    case 'folder-changed':
      return l10n.t('Files changed since the plan was made. Nothing was sent. Plan again.');
    case 'file-unreadable':
      return l10n.t(
        'The file {0} cannot be read. Make it readable, or leave it out with a line in .slipwayignore.',
        { 0: f('path') },
      );
    case 'rules-not-text':
      return facts['line'] === undefined
        ? l10n.t('The ignore file {0} is not plain text throughout. Save it as UTF-8.', { 0: f('path') })
        : l10n.t(
            'The ignore file {0} is not plain text throughout: line {1} holds another encoding than the rest, or ends as another system ends lines. Save the file as UTF-8 with one kind of line ends.',
            { 0: f('path'), 1: f('line') },
          );
    case 'rules-too-large':
      return l10n.t(
        'The file {0} is larger than {1} bytes, which no file of rules or settings should be. Make it smaller.',
        {
          0: f('path'),
          1: f('limit'),
        },
      );
    case 'rules-too-many':
      return l10n.t(
        'The ignore file {0} has more than {1} rules: line {2}, "{3}", is the first too many. Leave out whole folders, or use wildcards.',
        { 0: f('path'), 1: f('limit'), 2: f('line'), 3: f('rule') },
      );
    case 'rules-alike':
      return l10n.t(
        'The ignore file {0} has more than {1} rules that differ only between two wildcards, as "{2}" does from others. Leave out whole folders, or name the files without wildcards.',
        { 0: f('path'), 1: f('limit'), 2: f('rule') },
      );
    case 'rule-too-long':
      return l10n.t(
        'Rule {1} of {0}, "{2}", is longer than {3} bytes, and no path is. Shorten it, or take it out.',
        { 0: f('path'), 1: f('line'), 2: f('rule'), 3: f('limit') },
      );
    case 'file-changing':
      return l10n.t(
        'The file {0} keeps changing while it is read. Wait until whatever writes it has ended, or leave it out.',
        { 0: f('path') },
      );
    case 'path-not-unicode':
      return l10n.t('The name of {0} is not Unicode, which a zip cannot hold. Rename it or leave it out.', {
        0: f('path'),
      });
    case 'path-backslash':
      return l10n.t(
        'The path {0} holds a backslash, which many programs that unzip take for the end of a folder name, or refuse. Rename it, or leave it out with a line in .slipwayignore.',
        { 0: f('path') },
      );
    case 'path-drive':
      return l10n.t(
        'The path {0} begins as a drive of Windows does, and many programs refuse a zip with such a path. Rename it, or leave it out with a line in .slipwayignore.',
        { 0: f('path') },
      );
    case 'path-too-long':
      return l10n.t('The path {0} is too long for a zip. Shorten it or leave it out.', { 0: f('path') });
    case 'name-clash':
      return l10n.t('{0} and {1} would have the same name in the zip. Rename one of them.', {
        0: f('path'),
        1: f('other'),
      });
    case 'cache-unwritable':
      return l10n.t('Slipway cannot write to its own folder {0} ({1}). Make room, or mend its permissions.', {
        0: f('path'),
        1: f('code'),
      });
    case 'worker-ended':
      return l10n.t('The packing worker ended unexpectedly. Try again; the log says more.');
    case 'zip-damaged':
      return l10n.t('The zip is damaged ({0}).', { 0: f('what') });
    case 'zip-unsupported':
      return l10n.t('The zip uses something that Slipway does not read ({0}).', { 0: f('what') });

    // AWS and the sandbox
    case 'sandbox-not-running':
      return l10n.t('The sandbox is not running. Start it again where it was started.');
    case 'sandbox-not-started':
      return l10n.t('The sandbox could not be started. {0}', {
        0: facts['said'] === undefined ? '' : f('said'),
      });
    case 'endpoint-invalid':
      return l10n.t(
        'The endpoint of {0}, "{1}", is no web address. Correct it in the AWS config file or the environment.',
        { 0: f('service'), 1: f('endpoint') },
      );
    case 'profile-file-unreadable':
      return fileUnreadableWords(facts);
    case 'profile-unusable':
      return profileUnusableWords(facts);
    case 'sso-endpoints-differ':
      return l10n.t(
        'The profile {0} asks for single sign-on (sso) and its tokens (sso_oidc) at two different addresses. Set the same endpoint for both.',
        { 0: f('profile') },
      );
    case 'no-such-connection':
      return l10n.t('The connection {0} cannot be used any more. Add it again in the Slipway view.', {
        0: f('connection'),
      });

    // operations
    case 'ledger-unwritable':
      return l10n.t(
        'Slipway cannot write down what it is about to do ({0}), so nothing was sent. Make room on the disk, or mend its permissions.',
        { 0: f('code') },
      );
    case 'operation-ended':
      return l10n.t('The operation was ended meanwhile, in another window or by you. Nothing was sent.');
    case 'no-answer':
      return l10n.t('AWS did not answer within {0}.', { 0: durationWords(Number(facts['ms'])) });
    case 'other-account':
      return l10n.t(
        'The update runs in the account {0}, and the credentials belong to {1} now, so AWS was not asked about it. Log in to {0} again; if the profile was changed, change it back and reload the window.',
        { 0: f('account'), 1: f('found') },
      );
    case 'no-follower':
      return l10n.t('This version of Slipway cannot follow operations of the kind "{0}".', { 0: f('kind') });
    case 'lease-unavailable':
      return l10n.t('Slipway cannot tell whether another window follows ({0}).', { 0: f('code') });
    case 'left-open':
      return l10n.t('The work ended without saying how. The log says more.');

    // node groups
    case 'choice-not-valid':
      return l10n.t('EKS cannot take this for the node group: {0}.', { 0: list(facts['problems']) });
    case 'record-not-readable':
      return l10n.t('The plan in the ledger was written by another version of Slipway. Plan again.');
    default:
      return undefined;
  }
}
