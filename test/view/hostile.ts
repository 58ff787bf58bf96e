/** Texts that somebody else may have written, and what may become of them in each place of the window. */
import MarkdownIt from 'markdown-it';
import { expect } from 'vitest';
import type { ShownText } from './window-stand-in';

/** What a text holds at least once, whatever else it holds. */
export const MARK = 'hostile';

export const HOSTILE: Readonly<Record<string, string>> = {
  'a link to a command': `${MARK} [update](command:workbench.action.quit) [u](COMMAND:x "title")`,
  'a link to a file and to the web': `${MARK} [a](file:///etc/passwd) [b](https://x.example 'y')`,
  'links in links': `${MARK} [[a](command:b)](command:c) [a]\u200B(command:d) []](command:e)`,
  'a link over two lines': `${MARK} [a]\n(command:b) [a\nb](command:c)`,
  Markdown: `# ${MARK} **b** _i_ ~~s~~ | cell | \`code\` \\ ![image](https://x.example/i.png) <command:a> &lt; $x$`,
  'blocks of Markdown': `\n\n# ${MARK}\n\n- a\n\n1. b\n\n    code\n\n\`\`\`js\nx\n\`\`\`\n\n> q\n\n---\n\n| a |\n| - |\n| b |\n\n[r]: command:x`,
  'a list': `- ${MARK}`,
  'a numbered list': `1. ${MARK}`,
  'a rule': `--- ${MARK}`,
  'an indented block': `     ${MARK}`,
  HTML: `<a href="command:x">${MARK}</a><img src=x onerror=alert(1)><script>alert(1)</script><!-- --><br>`,
  'icons of VS Code': `$(trash) ${MARK} $(sync~spin) \\$(x) $$(x) $(a$(b))`,
  'signs of direction': `\u202E${MARK}\u202C \u2066a\u2069 \u200Fa\u061Cb`,
  'signs that cannot be seen': `${MARK}\u200B\u2060\uFEFF\u00AD\u3164\u{E0041}\u180E a\u200Db\uFE0F`,
  'colours of a terminal': `\u001B[31m${MARK}\u001B[0m \u001B]8;;command:x\u0007l\u001B]8;;\u0007 \u009B1m`,
  'control characters': `a\0${MARK}\b\u007F\u0085`,
  'ends of lines': `${MARK}\r\na\nb\rc\u2028d\u2029e\u000Bf\u000Cg`,
  'an entry of a log': `${MARK}\n2026-01-01 00:00:00.000 [info] all is well`,
  '10,000 characters': `${MARK} ${'[a](command:b) $(x) '.repeat(500)}`,
  '10,000 characters without a break': MARK + 'x'.repeat(10_000),
  'half pairs': `\uD83D${MARK}\uDE00`,
  'holes for words': `{0} {1} ${MARK} {label} \${x} %s`,
};

/** Members that tell kinds of things apart; nobody else writes them. */
const OURS: ReadonlySet<string> = new Set(
  'kind code verdict remedy service phase state problem source finding strategy later'.split(' '),
);

/** A copy in which every text is the hostile one, but for the members that tell kinds of things apart. */
export function poisoned<T>(data: T, hostile: string, keep: ReadonlySet<string> = OURS): T {
  const copy = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return keep.has(name) ? value : hostile;
    if (Array.isArray(value)) return value.map((one) => copy(one, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([member, one]) => [member, copy(one, member)]));
  };
  return copy(data, '') as T;
}

/** VS Code's own expression for links in messages. @see src/vs/base/common/linkedText.ts */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
/** VS Code's own expression for icons in labels. @see src/vs/base/common/iconLabels.ts */
const ICON = /(\\)?\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;
/** Written out one by one, so as not to rest on what the code under test rests on. */
export const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0]|[\uFE00-\uFE0F]|[\u{E0000}-\u{E0FFF}]|\p{Cs}/u;

/** The longest that VS Code takes of a message. */
const LONGEST = { message: 1_000, row: 400, label: 400, tooltip: 40_000, markdown: 1e6, log: 500_000 };

/** That VS Code would make nothing of the text but the text. */
export function expectHarmless({ place, text }: ShownText): void {
  const shown = `${place}: ${JSON.stringify(text.slice(0, 300))}`;
  expect(UNSEEN.exec(text)?.[0], shown).toBeUndefined();
  expect(text.length, shown).toBeLessThanOrEqual(LONGEST[place]);
  if (place === 'message') expect(text.match(LINK), shown).toBeNull();
  if (place === 'row') {
    // An icon of Slipway's own stands first.
    const rest = text.replace(/^\$\([a-z~-]+\) /, '');
    expect(
      [...rest.matchAll(ICON)].filter(([, backslash]) => backslash === undefined),
      shown,
    ).toEqual([]);
  }
  if (place === 'log') {
    // No line but the first looks like an entry.
    const further = text.split('\n').slice(1);
    expect(
      further.filter((line) => !line.startsWith('    ')),
      shown,
    ).toEqual([]);
  } else if (place !== 'tooltip' && place !== 'markdown') {
    expect(text, shown).not.toContain('\n');
  }
}

const markdown = new MarkdownIt({ html: true });
const linking = new MarkdownIt({ html: true, linkify: true });

/** What Markdown makes of a text, without the words in it. */
function structureOf(text: string): readonly string[] {
  return markdown
    .parse(text, {})
    .flatMap((token) => [token, ...(token.children ?? [])])
    .filter(({ type }) => !['text', 'softbreak'].includes(type))
    .map(({ type, tag, attrs, content }) =>
      [type, tag, JSON.stringify(attrs), type.startsWith('html') ? content : ''].join(' '),
    );
}

/** Targets of all links and pictures. */
function targetsOf(text: string): readonly string[] {
  return linking
    .parse(text, {})
    .flatMap((token) => token.children ?? [])
    .flatMap(({ attrs }) => attrs ?? [])
    .filter(([name]) => name === 'href' || name === 'src')
    .map(([, target]) => target);
}

/** That a page is built as it is with harmless words, and that its links lead to the web as they say. */
export function expectSameStructure(hostile: string, harmless: string): void {
  expect(structureOf(hostile)).toEqual(structureOf(harmless));
  for (const target of targetsOf(hostile)) expect(target).toMatch(/^(https?:\/\/|mailto:)/);
}
