/** A property: whatever the AWS files look like, no key goes by another section's profile. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keySourceOf } from '../../src/aws/credentials/key-source';
import { type ProfileFiles, readProfileFiles } from '../../src/aws/profile-files';
import { failureOf } from '../../src/model/failure';
import { casesOf } from '../cases';
import { OpenedProfiles } from './open-profiles';

const at = new OpenedProfiles();

const nameOf = fc.constantFrom('a', 'b', 'my prod', 'größe', '__proto__', 'a]b', 'default');
const quote = fc.constantFrom('', '"', "'");
const sectionOf = (words: readonly string[]) =>
  fc.record({
    word: fc.constantFrom(...words),
    open: quote,
    name: nameOf,
    close: quote,
    behind: fc.constantFrom('', '', '', '# x', ' # [x]', ' words', ']', ' ; x', '\t[y]'),
    indent: fc.constantFrom('', '', '', ' ', '\t'),
    token: fc.boolean(),
    after: fc.constantFrom('', '# note', '\f', 'x =', '[open'),
  });
type Written = Parameters<Parameters<ReturnType<typeof sectionOf>['map']>[0]>[0];

/** Each value ends in the line of the header that it stands below. */
function textOf(sections: readonly Written[]): string {
  const lines: string[] = [];
  for (const { word, open, name, close, behind, indent, token, after } of sections) {
    lines.push(`${indent}[${word}${open}${name}${close}]${behind}`);
    const below = lines.length;
    lines.push(
      `${indent}aws_access_key_id = ID ${below}`,
      `${indent}aws_secret_access_key = SECRET ${below}`,
    );
    if (token) lines.push(`${indent}aws_session_token = TOKEN ${below}`);
    lines.push(after);
  }
  return lines.join('\n');
}

function sourceOf(profile: string, files: ProfileFiles) {
  try {
    return keySourceOf(profile, files);
  } catch (thrown) {
    return failureOf(thrown);
  }
}

it('holds for files of all kinds of headers', async () => {
  await at.open({});
  const cases = casesOf(2_000);
  let used = 0;
  const config = sectionOf(['profile ', 'profile  ', 'profile\t', '', 'Profile ', 'services ']);
  await fc.assert(
    fc.asyncProperty(
      fc.array(config, { maxLength: 5 }),
      fc.array(sectionOf(['', '', 'profile ']), { maxLength: 4 }),
      async (inConfig, inCredentials) => {
        await at.opened.profiles({ config: textOf(inConfig), credentials: textOf(inCredentials) });
        const files = await readProfileFiles(process.env).catch(failureOf);
        if ('kind' in files) return;
        for (const [name, { files: of }] of files.profiles) {
          const source = sourceOf(name, files);
          if (source.kind !== 'keys') continue;
          used++;
          const section = of.credentials ?? of.config;
          const sections = of.credentials === undefined ? inConfig : inCredentials;
          expect(source.keys.accessKeyId).toBe(`ID ${section?.line}`);
          expect(source.keys.secretAccessKey).toBe(`SECRET ${section?.line}`);
          if (source.keys.sessionToken !== undefined)
            expect(source.keys.sessionToken).toBe(`TOKEN ${section?.line}`);
          // The header at that line is one of this name.
          const header = textOf(sections).split('\n')[(section?.line ?? 0) - 1];
          for (const part of name.split(/[\s"'\]]+/)) expect(header).toContain(part);
        }
      },
    ),
    cases,
  );
  expect(used).toBeGreaterThan(cases.numRuns / 4);
});
