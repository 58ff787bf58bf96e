/** The script that starts a workload's program, run by real shells: texts of annotations reach it as they are. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, runScript, type Volumes, volumes } from './container';
import { type Shell, shells } from './shells';

const SHELLS = await shells();
/** Prints its folder and its words as JSON. */
const PRINTER = 'console.log(JSON.stringify([process.cwd(), process.argv.slice(2)]));';
const nameOf = ({ name, missing }: Shell): string =>
  missing === undefined ? name : `${name} (skipped: ${missing})`;

describe.each(SHELLS.map((shell) => [nameOf(shell), shell] as const))('start.sh with %s', (_, shell) => {
  let pod: Volumes;
  beforeAll(async () => {
    pod = await volumes();
    await writeFile(join(pod.work, 'print.mjs'), PRINTER);
    await writeFile(join(pod.code, 'init.q'), '');
    await writeFile(join(pod.code, "a b;'.q"), '');
  });
  afterAll(() => pod.remove());
  const runs = it.skipIf(shell.missing !== undefined);

  function start(env: Readonly<Record<string, string>>, words: readonly string[] = []): Promise<Ended> {
    return runScript(shell, 'start', pod, env, [process.execPath, join(pod.work, 'print.mjs'), ...words]);
  }
  const printed = ({ log }: Ended): unknown => JSON.parse(log.trim().split('\n').at(-1) ?? '');

  runs('puts the script where the words say, the arguments last, and changes into the code', async () => {
    const list = JSON.stringify([{ key: 'name', value: 'hdb' }]);
    const env = { SLIPWAY_INIT_SCRIPT: 'init.q', SLIPWAY_ARGUMENTS: list };
    const script = join(pod.code, 'init.q');
    expect(printed(await start(env, ['--', '-p', '5000']))).toEqual([
      pod.code,
      [script, '-p', '5000', '-name', 'hdb'],
    ]);
    expect(printed(await start(env, ['x']))).toEqual([pod.code, ['x', script, '-name', 'hdb']]);
    expect(printed(await start(env, ['--', 'a', '--', 'b']))).toEqual([
      pod.code,
      [script, 'a', '--', 'b', '-name', 'hdb'],
    ]);
  });

  runs('starts the words alone where no code is set', async () => {
    const ended = await start({}, ['--', '-p', '5000']);
    expect(printed(ended)).toEqual([process.cwd(), ['-p', '5000']]);
    expect(ended.log).toContain(' and 0 arguments');
  });

  runs('hands on texts with all that a shell would read, and does not log them', async () => {
    const hostile = [
      'a b',
      '',
      `$(touch owned)\`id\`\${HOME}$HOME`,
      '"\'\\ \\n %s %d',
      'line\nline\n',
      '\n',
      '*?[a]~;|&<>!#',
      '\u00fc\u{1f600}\t\r\b\f\u007f',
      '--',
      '-e',
      'x'.repeat(1024),
    ];
    // Once with its characters as they are, and once with every one of them escaped.
    const escaped = JSON.stringify(hostile).replaceAll(
      /[^\x20-\x7e]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    const pairs = JSON.stringify(hostile.map((value) => ({ value, key: value })));
    const asPairs = await start({ SLIPWAY_ARGUMENTS: pairs }, ['--']);
    expect(printed(asPairs)).toEqual([process.cwd(), hostile.flatMap((text) => [`-${text}`, text])]);
    for (const list of [JSON.stringify(hostile), JSON.stringify(hostile, null, '\t'), escaped]) {
      const ended = await start({ SLIPWAY_INIT_SCRIPT: "a b;'.q", SLIPWAY_ARGUMENTS: list }, ['--']);
      expect(printed(ended)).toEqual([pod.code, [join(pod.code, "a b;'.q"), ...hostile]]);
      expect(ended.log.slice(0, ended.log.indexOf('["'))).not.toContain('touch');
    }
  });

  runs.each([
    ['{"a":"b"}', 'it does not begin with ['],
    ['["a"', 'a comma or ] was expected'],
    ['["a', 'a text does not end'],
    ['["a",]', 'a text in quotes, or {"key": ..., "value": ...}, was expected'],
    ['[1]', 'a text in quotes, or {"key": ..., "value": ...}, was expected'],
    ['[{}]', '"key" or "value" was expected'],
    ['[{"name":"a"}]', '"key" or "value" was expected'],
    ['[{"key":1}]', 'a text in quotes was expected'],
    ['[{"key","a"}]', 'a colon was expected'],
    ['[{"key":"a"', 'a comma or } was expected'],
    ['[{"key":"a"}]', 'an argument has one "key" and one "value"'],
    ['[{"key":"a","value":"b","key":"c"}]', 'an argument has one "key" and one "value"'],
    ['["a"] x', 'something stands behind its end'],
    ['["\\x"]', 'an escape that JSON does not have'],
    ['["\\u00g0"]', 'four hex digits were expected after \\u'],
    ['["\\ud800"]', 'half of a character'],
    ['["\\udc00\\ud800"]', 'half of a character'],
    ['["\\u0000"]', 'no program takes the character 0'],
  ])('refuses as arguments %s', async (list, why) => {
    const { exitCode, message } = await start({ SLIPWAY_ARGUMENTS: list });
    expect([exitCode, message]).toEqual([31, `error: slipway.dev/arguments cannot be read: ${why}`]);
  });

  runs.each(['../init.q', '/etc/passwd', 'lib/../../x', 'gone.q'])(
    'refuses the script %s',
    async (script) => {
      const { exitCode, message } = await start({ SLIPWAY_INIT_SCRIPT: script });
      expect(exitCode).toBe(30);
      expect(message).toMatch(
        script === 'gone.q' ? /is not in the code: .*gone\.q$/ : /leads out of the code/,
      );
    },
  );

  runs('says so where no program is named', async () => {
    const { exitCode, message } = await runScript(shell, 'start', pod);
    expect([exitCode, message]).toEqual([10, 'error: start.sh needs the program to start']);
  });
});
