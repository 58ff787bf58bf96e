/**
 * Texts made safe for the window. Any text may come from others, and VS Code interprets some characters in
 * some places. Each kind of place for plain text has its own function here, and the modules that hand texts
 * to VS Code pass each text through the function of its place. Markdown is made safe in `markdown.ts`.
 */
import { shortened, visible } from '../model/visible-text';
import { withoutSecrets } from '../model/without-secrets';

/** VS Code cuts notifications at 1,000 characters, which would remove the sentences that Slipway puts last. */
const LONGEST_MESSAGE = 900;
const LONGEST_LABEL = 300;
const LONGEST_TOOLTIP_LINE = 1_000;
const MOST_TOOLTIP_LINES = 30;

/**
 * Makes a text safe for notifications, progress, and the prompts and validation messages of input boxes. VS
 * Code makes a link of `[text](target)` there, for `https:`, `file:` and `command:`, and has no escape. A
 * link has nothing between `]` and `(`, so a space between them prevents the link: the text stays readable,
 * and a copy contains exactly what is shown.
 * @see https://github.com/microsoft/vscode/blob/main/src/vs/base/common/linkedText.ts
 */
export function messageText(text: string): string {
  return shortened(visible(withoutSecrets(text)), LONGEST_MESSAGE).replaceAll('](', '] (');
}

/**
 * Makes a text safe for rows of quick picks and for the status bar, where VS Code draws `$(name)` as an
 * icon unless a backslash precedes it.
 * @see https://github.com/microsoft/vscode/blob/main/src/vs/base/common/iconLabels.ts
 */
export function rowText(text: string): string {
  return labelText(text).replaceAll(/\$\((?=[A-Za-z0-9-]+(?:~[A-Za-z]+)?\))/g, '\\$&');
}

/**
 * Makes a text safe for rows of trees, titles, tabs, headings, placeholders and words for screen readers,
 * which VS Code shows without interpreting them.
 */
export function labelText(text: string): string {
  return shortened(visible(text), LONGEST_LABEL);
}

/** Joins the lines of a tooltip that is not Markdown, and makes each line safe. */
export function tooltipText(lines: readonly string[]): string {
  const rest = lines.length > MOST_TOOLTIP_LINES ? ['…'] : [];
  return [...lines.slice(0, MOST_TOOLTIP_LINES), ...rest]
    .map((line) => shortened(visible(line), LONGEST_TOOLTIP_LINE))
    .join('\n');
}
