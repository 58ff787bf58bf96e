/** Why a folder was not packed or a zip not read, and what to do. */
import * as l10n from '@vscode/l10n';
import type { CodedOf } from '../../../model/coded';
import type { PackageRefusals } from '../../../package/refusal';
import type { Sentences } from '../sentences';

export const packageRefusals: Sentences<CodedOf<PackageRefusals>> = {
  'cache-unwritable': (f) =>
    l10n.t('Slipway cannot write to its own folder {0} ({1}). Make room, or mend its permissions.', {
      0: f.path,
      1: f.code,
    }),
  'file-changing': (f) =>
    l10n.t(
      'The file {0} keeps changing while it is read. Wait until whatever writes it has ended, or leave it out.',
      { 0: f.path },
    ),
  'file-unreadable': (f) =>
    l10n.t('The file {0} cannot be read. Make it readable, or leave it out with a line in .slipwayignore.', {
      0: f.path,
    }),
  'folder-changed': () => l10n.t('Files changed since the plan was made. Nothing was sent. Plan again.'),
  'folder-missing': (f) => l10n.t('The folder {0} is not there.', { 0: f.path }),
  'folder-unreadable': (f) => l10n.t('The folder {0} cannot be read ({1}).', { 0: f.path, 1: f.code }),
  'name-clash': (f) =>
    l10n.t('{0} and {1} would have the same name in the zip. Rename one of them.', {
      0: f.path,
      1: f.other,
    }),
  'path-backslash': (f) =>
    l10n.t(
      'The path {0} holds a backslash, which many programs that unzip take for the end of a folder name, or refuse. Rename it, or leave it out with a line in .slipwayignore.',
      { 0: f.path },
    ),
  'path-drive': (f) =>
    l10n.t(
      'The path {0} begins as a drive of Windows does, and many programs refuse a zip with such a path. Rename it, or leave it out with a line in .slipwayignore.',
      { 0: f.path },
    ),
  'path-not-unicode': (f) =>
    l10n.t('The name of {0} is not Unicode, which a zip cannot hold. Rename it or leave it out.', {
      0: f.path,
    }),
  'path-too-long': (f) =>
    l10n.t('The path {0} is too long for a zip. Shorten it or leave it out.', { 0: f.path }),
  'root-is-link': (f) =>
    l10n.t(
      'The root {0} is a link, or lies behind one, and where it leads cannot be told in this kind of folder. Name a folder that is none.',
      { 0: f.path },
    ),
  'root-leaves-folder': (f) =>
    l10n.t(
      'The root {0} is a link that leads to {1}, out of {2}. A target deploys only what is below its slipway.json. Name a folder there, or open the folder that the link leads to and give it a target of its own.',
      { 0: f.path, 1: f.target, 2: f.folder },
    ),
  'rule-too-long': (f) =>
    l10n.t('Rule {1} of {0}, "{2}", is longer than {3} bytes, and no path is. Shorten it, or take it out.', {
      0: f.path,
      1: f.line,
      2: f.rule,
      3: f.limit,
    }),
  'rules-alike': (f) =>
    l10n.t(
      'The ignore file {0} has more than {1} rules that differ only between two wildcards, as "{2}" does from others. Leave out whole folders, or name the files without wildcards.',
      { 0: f.path, 1: f.limit, 2: f.rule },
    ),
  'rules-leave-folder': (f) =>
    l10n.t(
      'The file {0} is a link that leads out of {1}, so its rules are not read. Put a copy of the file in its place.',
      { 0: f.path, 1: f.folder },
    ),
  'rules-not-text': (f) =>
    f.line === undefined
      ? l10n.t('The ignore file {0} is not plain text throughout. Save it as UTF-8.', { 0: f.path })
      : l10n.t(
          'The ignore file {0} is not plain text throughout: line {1} holds another encoding than the rest, or ends as another system ends lines. Save the file as UTF-8 with one kind of line ends.',
          { 0: f.path, 1: f.line },
        ),
  'rules-too-large': (f) =>
    l10n.t(
      'The file {0} is larger than {1} bytes, which no file of rules or settings should be. Make it smaller.',
      {
        0: f.path,
        1: f.limit,
      },
    ),
  'rules-too-many': (f) =>
    l10n.t(
      'The ignore file {0} has more than {1} rules: line {2}, "{3}", is the first too many. Leave out whole folders, or use wildcards.',
      { 0: f.path, 1: f.limit, 2: f.line, 3: f.rule },
    ),
  'zip-damaged': (f) => l10n.t('The zip is damaged ({0}).', { 0: f.what }),
  'zip-unsupported': (f) => l10n.t('The zip uses something that Slipway does not read ({0}).', { 0: f.what }),
};
