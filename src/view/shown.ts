/**
 * Texts made safe for the window. Anything in them may come from others, and VS Code interprets signs in some places:
 * each place has its function here, and the modules that hand texts to VS Code call it for every text.
 */
import { shortened, visible } from '../model/visible-text';
import { withoutSecrets } from '../model/without-secrets';

/** VS Code cuts notifications at 1,000 characters, and would cut off what Slipway says last. */
const LONGEST_MESSAGE = 900;
const LONGEST_LABEL = 300;
const LONGEST_TOOLTIP_LINE = 1_000;
const MOST_TOOLTIP_LINES = 30;

/**
 * For notifications, progress, and prompts and complaints of input boxes. VS Code makes a link of `[text](target)`
 * there, for `https:`, `file:` and `command:`, and knows no escape. Nothing stands between the two brackets in a link,
 * so a space keeps them apart: it can be read, and what is copied is what is seen.
 * @see https://github.com/microsoft/vscode/blob/main/src/vs/base/common/linkedText.ts
 */
export function messageText(text: string): string {
  return shortened(visible(withoutSecrets(text)), LONGEST_MESSAGE).replaceAll('](', '] (');
}

/**
 * For rows of quick picks and the status bar, where VS Code draws `$(name)` as an icon and takes a backslash in front
 * for an escape.
 * @see https://github.com/microsoft/vscode/blob/main/src/vs/base/common/iconLabels.ts
 */
export function rowText(text: string): string {
  return labelText(text).replaceAll(/\$\((?=[A-Za-z0-9-]+(?:~[A-Za-z]+)?\))/g, '\\$&');
}

/** For rows of trees, titles, tabs, headings and words for screen readers, which VS Code shows as they are. */
export function labelText(text: string): string {
  return shortened(visible(text), LONGEST_LABEL);
}

/** For tooltips that are no Markdown, of one or more lines. */
export function tooltipText(lines: readonly string[]): string {
  const rest = lines.length > MOST_TOOLTIP_LINES ? ['…'] : [];
  return [...lines.slice(0, MOST_TOOLTIP_LINES), ...rest]
    .map((line) => shortened(visible(line), LONGEST_TOOLTIP_LINE))
    .join('\n');
}
