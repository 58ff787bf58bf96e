/** Why a deployment was not planned, sent or followed, or why it failed, and what to do. */
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
      'The update failed, and the configuration of before is back{0}. Look at the logs for what the initialization script said, or roll back.',
      { 0: typeof f.statusReason === 'string' ? `: ${f.statusReason}` : '' },
    ),
  'foreign-change': (f) =>
    l10n.t(
      'While the update ran, somebody else changed this: {0}. Look at what is there now before you deploy again.',
      { 0: partsWords(f.parts) },
    ),
  'changed-back': (f) =>
    f.managers.length === 0
      ? l10n.t(
          'Somebody else brought the earlier code of {0} back. Slipway does not send it again by itself.',
          {
            0: f.name,
          },
        )
      : l10n.t('{1} brought the earlier code of {0} back. Slipway does not send it again by itself.', {
          0: f.name,
          1: f.managers.join(', '),
        }),
  'never-arrived': () =>
    l10n.t(
      'No answer to the request came, and there is no trace of it. Look at what is there now, then deploy again.',
    ),
  'operation-unreadable': (f) =>
    l10n.t('What the ledger says of this operation cannot be followed ({0}).', { 0: f.what }),
  'same-target-twice': (f) => l10n.t('{0} is chosen twice. Choose each once.', { 0: f.label }),
};
