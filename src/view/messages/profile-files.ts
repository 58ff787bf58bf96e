/** Problems of the AWS config files as sentences: the file, the line, what is wrong, and what to do. */
import * as l10n from '@vscode/l10n';
import type { Facts } from '../../model/json';

/** For the refusal `profile-file-unreadable`: says why neither Slipway nor the AWS CLI can read the file. */
export function fileUnreadableWords({ file, line, problem, about }: Facts): string {
  const place = { 0: String(file), 1: String(line), 2: String(about) };
  switch (problem) {
    case 'unreadable':
      return l10n.t(
        'The file {0} cannot be read ({2}). Give yourself the right to read it, or move it away.',
        place,
      );
    case 'not-utf-8':
      return l10n.t('Line {1} of {0}: these characters are not UTF-8. Save the file as UTF-8.', place);
    case 'byte-order-mark':
      return l10n.t(
        'Line {1} of {0}: the file starts with a byte order mark, which the AWS CLI does not read either. Save it as UTF-8 without one.',
        place,
      );
    case 'no-section':
      return l10n.t(
        'Line {1} of {0}: this stands in no section. Put a line such as [default] above it.',
        place,
      );
    case 'section-twice':
      return l10n.t('Line {1} of {0}: there is another section [{2}] above. Put both together.', place);
    case 'key-twice':
      return l10n.t('Line {1} of {0}: {2} is set in this section already. Keep one of the two.', place);
    case 'no-setting-in-block':
      return l10n.t(
        'Line {1} of {0}: in an indented block each line is "key = value". Correct it, or put a # in front.',
        place,
      );
    default:
      return l10n.t(
        'Line {1} of {0}: this is neither a [section] nor "key = value". Correct it, or put a # in front.',
        place,
      );
  }
}

/** For the refusal `profile-unusable`: says which setting or section of the file cannot be used, and why. */
export function profileUnusableWords({ file, line, key, problem, about }: Facts): string {
  const place = { 0: String(file), 1: String(line), 2: String(key), 3: String(about) };
  switch (problem) {
    case 'comment-behind':
      return l10n.t(
        'Line {1} of {0}: the value of {2} has a # or ; in it, which is a part of the value to the AWS CLI and the start of a comment to others. Put the comment on a line of its own.',
        place,
      );
    case 'goes-on':
      return l10n.t(
        'Line {1} of {0}: the indented lines below {2} are a part of its value to the AWS CLI, and settings of their own to others. Start them at the left.',
        place,
      );
    case 'of-all-profiles':
      return l10n.t(
        'Line {1} of {0}: {2} stands in [DEFAULT], from where the AWS CLI hands it to each profile. Move it to the profile that it belongs to; the default one is [default].',
        place,
      );
    case 'block':
      return l10n.t(
        'Line {1} of {0}: {2} is a block of indented lines. It needs a value on its own line.',
        place,
      );
    case 'no-block':
      return l10n.t(
        'Line {1} of {0}: {2} needs its settings on indented lines of their own, such as "  endpoint_url = …".',
        place,
      );
    case 'empty':
      return l10n.t('Line {1} of {0}: {2} has no value. Give it one, or remove the line.', place);
    case 'missing':
      return l10n.t(
        'Line {1} of {0}: what stands here needs {2} in the same section, and it is not there.',
        place,
      );
    case 'no-such-section':
      return l10n.t(
        'Line {1} of {0}: {2} names "{3}", and the config file has no such section, or nothing is in it.',
        place,
      );
    case 'twice':
      return l10n.t('Line {1} of {0}: [{2}] and {3}, have the same name. Put both together.', place);
    case 'role-circle':
      return l10n.t(
        'Line {1} of {0}: the profiles take their keys from one another in a circle ({3}).',
        place,
      );
    case 'two-sources':
      return l10n.t(
        'Line {1} of {0}: the profile has both source_profile and credential_source. Keep one of the two.',
        place,
      );
    case 'not-the-same':
      return l10n.t('Line {1} of {0}: {2} differs from what {3}, says. Keep one of the two.', place);
    case 'unknown-source':
      return l10n.t(
        'Line {1} of {0}: {2} is "{3}". It has to be Environment, EcsContainer or Ec2InstanceMetadata.',
        place,
      );
    default:
      return l10n.t(
        'Line {1} of {0}: the name of [{2}] cannot be used. Choose one of letters and digits.',
        place,
      );
  }
}
