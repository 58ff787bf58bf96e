import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { beforeAll, describe, expect, it } from 'vitest';
import { bareWords } from './bare-words';
import { hiddenUses, type MessageCall, messageCalls, readSources, type Sources } from './message-calls';

const IMPORT = "import * as l10n from '@vscode/l10n';";
const BUNDLE = join(import.meta.dirname, '../../l10n/bundle.l10n.json');

/** Names that are the same in every language. */
const NAMES = [
  // Of AWS's services, as AWS writes them.
  'Amazon FinSpace',
  'Amazon EKS',
  'Amazon S3',
  'AWS STS',
  'AWS Systems Manager',
  'Amazon EC2',
  'Amazon CloudWatch Logs',
  // Of AWS's strategies, as they stand in requests.
  'DEFAULT',
  'MINIMAL',
  // Of the AWS CLI's commands.
  'aws configure sso',
  'aws configure',
  // Of a launch template and its version.
  '… v…',
];
/** Texts that no user reads. */
const NOT_READ = [
  // What a page may load and run.
  "default-src 'none'",
  "script-src 'nonce-…'",
  'style-src …',
  "base-uri 'none'",
  "form-action 'none'",
  '<!DOCTYPE html>…',
  // The name of an icon.
  'edit',
  // The context value of a row.
  'empty region',
  // A line of the log, put together.
  ' (try …)',
  '… … … … … ms ……',
];

let sources: Sources;
let calls: readonly MessageCall[];
beforeAll(() => {
  sources = readSources();
  calls = messageCalls(sources);
}, 120_000);

const places = (found: readonly MessageCall[]): readonly string[] => found.map(({ at }) => at);

describe('messages for users', () => {
  it('are all in the bundle for translators, as `npm run l10n` writes it', async () => {
    const speaking = sources.files.filter(({ text }) => text.includes('l10n.t('));
    expect(speaking.filter(({ text }) => !text.includes(IMPORT)).map(({ path }) => path)).toEqual([]);
    // Read as one, since the tool needs a tenth of a second to begin with a file.
    const contents = [IMPORT, ...speaking.map(({ text }) => text.replaceAll(/^import .*$/gm, ''))].join('\n');
    const found = await getL10nJson([{ extension: '.ts', contents }]);
    expect(JSON.parse(readFileSync(BUNDLE, 'utf8')), 'run `npm run l10n`').toEqual(found);
    const said = new Set(calls.map(({ message }) => message));
    expect(said.size).toBeGreaterThan(1000);
    expect([...said].sort()).toEqual(Object.keys(found).sort());
  });

  it('are literals, so that a tool can find them', () => {
    expect(places(calls.filter(({ message }) => message === undefined))).toEqual([]);
    expect(hiddenUses(sources)).toEqual([]);
  });

  it('have a value for each placeholder', () => {
    expect(calls.filter(({ unfilled }) => unfilled.length > 0)).toEqual([]);
  });

  it("are made when they are needed, not before the user's language is known", () => {
    expect(places(calls.filter(({ atLoad }) => atLoad))).toEqual([]);
  });
});

describe('words for users', () => {
  it('are all messages, but names', () => {
    const found = bareWords(sources);
    const exceptions = [...NAMES, ...NOT_READ];
    expect(found.filter(({ words }) => !exceptions.includes(words))).toEqual([]);
    expect(exceptions.filter((exception) => !found.some(({ words }) => words === exception))).toEqual([]);
  });
});
