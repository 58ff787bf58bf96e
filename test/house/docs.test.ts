/** What the documents list is what there is: settings, states, verdicts, commands, tests, links. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TEXTS } from '../view/menu-items';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const DOCS = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
const ALL = [
  ...DOCS.map((name) => `docs/${name}`),
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'ARCHITECTURE.md',
];
const REPOSITORY = 'https://github.com/slipway-dev/slipway/';

/** The rows of the first table whose heading begins so, as cells. */
function tableIn(text: string, heading: string): readonly (readonly string[])[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  expect(from, `there is no table ${heading}`).toBeGreaterThan(-1);
  const rows = lines.slice(from + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end === -1 ? undefined : end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const bare = (cell: string | undefined): string => (cell ?? '').replaceAll('`', '');

test('docs/settings.md has each setting, with its default and its scope', () => {
  const { contributes } = JSON.parse(read('package.json')) as {
    contributes: { configuration: { properties: Record<string, { default: unknown; scope: string }> } };
  };
  const declared = Object.entries(contributes.configuration.properties).map(([id, one]) => [
    id,
    typeof one.default === 'string' ? one.default : JSON.stringify(one.default),
    one.scope,
  ]);
  const said = tableIn(read('docs/settings.md'), 'setting').map((row) => row.slice(0, 3).map(bare));
  expect(said).toEqual(declared);
});

/** The members of a union of texts in the source. */
function unionIn(file: string, name: string): readonly string[] {
  const [, body = ''] =
    new RegExp(`export type ${name} =([^;]*);`).exec(read(file).replaceAll(/\/\*[\s\S]*?\*\//g, '')) ?? [];
  return [...body.matchAll(/'([\w-]+)'/g)].map(([, member = '']) => member);
}

test.each([
  ['state', 'src/operations/operation.ts', 'OperationState'],
  ['verdict', 'src/plan/verdict.ts', 'Verdict'],
])('docs/concepts.md has each %s', (heading, file, name) => {
  const members = unionIn(file, name);
  expect(members.length).toBeGreaterThan(3);
  const said = tableIn(read('docs/concepts.md'), heading).map(([cell]) => bare(cell));
  expect([...said].sort()).toEqual([...members].sort());
});

test('docs/security.md names tests that there are, one at least for each threat', () => {
  for (const [threat, , tests = ''] of tableIn(read('docs/security.md'), 'threat')) {
    const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
    expect(files.length, threat).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  }
});

/** Buttons that are no commands, and words that are only stressed. */
const TITLES = new Set(
  Object.entries(TEXTS).flatMap(([key, title]) => (key.startsWith('command.') ? [title] : [])),
);

test.each(ALL)('%s calls each command that asks something as the palette does', (file) => {
  const asking = [...read(file).matchAll(/\*\*([^*]+…)\*\*/g)].map(([, title = '']) =>
    title.replaceAll(/\s+/g, ' '),
  );
  expect(asking.filter((title) => !TITLES.has(title.replace('Slipway: ', '')))).toEqual([]);
});

test.each(ALL)('links of %s lead to what there is', (file) => {
  const links = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const broken = links.filter((link) => {
    if (link.startsWith(REPOSITORY)) {
      const path = /^(?:blob|raw)\/HEAD\/([^#]*)/.exec(link.slice(REPOSITORY.length))?.[1];
      return path !== undefined && !existsSync(join(ROOT, path));
    }
    if (/^https?:/.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? join(ROOT, file) : join(ROOT, dirname(file), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
  });
  expect(broken).toEqual([]);
});

function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the page that VS Code and the Marketplace show', () => {
  const page = read('docs/marketplace.md');
  const sentence = /\nSlipway is [^.]*\./.exec(page)?.[0];

  test('shows pictures by HTTPS alone, each with words that do for it offline', () => {
    const pictures = [...page.matchAll(/!\[([^\]]*)\]\(([^)]+)\)\n\n\*([^*]+)\*/g)];
    expect(pictures).toHaveLength([...page.matchAll(/!\[/g)].length);
    expect(pictures.length).toBeGreaterThan(0);
    for (const [, alt = '', address = '', words = ''] of pictures) {
      expect(address).toMatch(/^https:\/\/.*\.(png|gif)$/);
      expect(alt.length).toBeGreaterThan(20);
      expect(words.length).toBeGreaterThan(80);
    }
  });

  test('leads nowhere by a relative link, which would be resolved against another folder', () => {
    const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !link.startsWith('https://'))).toEqual([]);
  });

  test('begins with the sentence and the picture of the README', () => {
    expect(sentence).toBeDefined();
    const readme = read('README.md');
    expect(readme).toContain(sentence);
    expect(readme).toContain('](docs/screenshot.png)');
    expect(page).toContain('/docs/screenshot.png)');
  });

  test('the README has its two commands in its first screen', () => {
    const screen = read('README.md').split('\n').slice(0, 20).join('\n');
    expect(screen).toContain('npm start');
    expect(screen).toContain('npm test');
  });
});
