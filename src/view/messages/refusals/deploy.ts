/** Why a deployment was not made, not sent, or not followed, and the way out. */
import * as l10n from '@vscode/l10n';
import type { DeployRefusals } from '../../../deploy/refusal';
import type { CodedOf } from '../../../model/coded';
import { partsWords } from '../deploy';
import type { Sentences } from '../sentences';

export const deployRefusals: Sentences<CodedOf<DeployRefusals>> = {
  'plan-blocked': (f) =>
    f.label === undefined
      ? l10n.t('The plan is blocked by: {0}. Look at the plan for what helps.', { 0: f.checks.join(', ') })
      : l10n.t('The plan for {0} is blocked. Look at the plan for what helps.', { 0: f.label }),
  'cluster-not-ready': (f) =>
    l10n.t('The cluster is {0} now and takes no code. Nothing was sent. Wait until it is RUNNING.', {
      0: f.status,
    }),
  'parts-left': (f) =>
    l10n.t(
      'Parts of an upload of {0} are still in the bucket {1}, though S3 said that it removed them. Slipway tries again later.',
      { 0: f.key, 1: f.bucket },
    ),
  'stored-zip-wrong': (f) =>
    l10n.t('What S3 stored as {0} is not what was sent. No update was sent. Try again.', {
      0: f.key,
    }),
  'zip-changed': (f) =>
    l10n.t('The zip {0} is gone or another one by now. Nothing was sent. Plan again.', {
      0: f.key,
    }),
  'folder-not-given': (f) =>
    l10n.t('The folder {0} of the plan is not at hand any more. Nothing was sent. Plan again.', {
      0: f.root,
    }),
  'no-such-entry': (f) => l10n.t('There is no file {0} in the zip.', { 0: f.path }),
  'update-failed': (f) =>
    l10n.t(
      'FinSpace went back to the configuration of before{0}. Look at the logs of the cluster for what the initialization script said, or roll back.',
      { 0: typeof f.statusReason === 'string' ? `: ${f.statusReason}` : '' },
    ),
  'foreign-change': (f) =>
    l10n.t(
      'While the update ran, somebody else changed the cluster: {0}. Look at what it has now before you deploy again.',
      { 0: partsWords(f.parts) },
    ),
  'cluster-gone': (f) => l10n.t('The cluster was deleted, or is being deleted ({0}).', { 0: f.status }),
  'never-arrived': () =>
    l10n.t(
      'No answer to the request came, and AWS shows no trace of it. Look at the cluster, then deploy again.',
    ),
  'token-expired': () =>
    l10n.t(
      'More than ten minutes have passed, so that AWS would take the request for another one. Plan again.',
    ),
  'operation-unreadable': (f) =>
    l10n.t('What the ledger says of this operation cannot be followed ({0}).', { 0: f.what }),
  'same-cluster-twice': (f) => l10n.t('{0} is chosen twice. Choose each cluster once.', { 0: f.label }),
};
