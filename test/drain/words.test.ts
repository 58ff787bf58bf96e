/** Each finding of a drain has words: why, what helps, what force does; and the page of a drain holds all of them. */
import { describe, expect, it } from 'vitest';
import { codeVersionsIn } from '../../src/commands/nodegroup/cluster-inside';
import { causeWords, forcedWords, helpWords } from '../../src/view/messages/drain';
import { drainContent } from '../../src/view/pages/reads/drain';
import { expectPlainWords } from '../nodegroup/plain';
import { MINUTE, NOW } from './cluster';
import { EVERY_BLOCKER } from './every-blocker';

const ARN = 'arn:aws:eks:us-east-1:111122223333:cluster/prod';

describe('the words of a finding', () => {
  it('are there for each of them, and none is like another', () => {
    const codes = new Set(EVERY_BLOCKER.map(({ code }) => code));
    expect(codes.size).toBe(13);
    const whys = new Set(EVERY_BLOCKER.map((blocker) => `${blocker.code} ${causeWords(blocker)}`));
    for (const blocker of EVERY_BLOCKER) {
      for (const words of [causeWords(blocker), helpWords(blocker), forcedWords(blocker.forced)]) {
        expectPlainWords(words);
      }
    }
    expect(new Set([...whys].map((why) => why.split(' ').slice(1).join(' '))).size).toBe(whys.size);
  });

  it.each([
    [
      'budget-never',
      'The budget never (needs 2 healthy, has 2) never lets one of its pods go.',
      'Set maxUnavailable of the budget to 1.',
    ],
    [
      'budget-not-now',
      'The budget not-now (needs 2 healthy, has 2) lets no pod go now.',
      'Wait until shop/not-now-1 is ready, or mend it.',
    ],
    [
      'replacement-pending',
      'The budget pending (needs 2 healthy, has 2) lets no pod go, because shop/pending-1 finds no node. Unschedulable: 0/6 nodes are available: 6 Insufficient memory.',
      'Make room for shop/pending-1, or lower what it asks for. Once it is ready, the budget lets the next one go.',
    ],
    [
      'several-budgets',
      'More than one budget covers it: several, several-too. Kubernetes evicts no such pod.',
      'Change the selectors so that one budget covers it, or move it by hand.',
    ],
  ])('%s', (code, why, help) => {
    const blocker = EVERY_BLOCKER.find((one) => one.code === code)!;
    expect(causeWords(blocker)).toBe(why);
    expect(helpWords(blocker)).toBe(help);
  });

  it('name a moment as the clock of whoever reads them shows it', () => {
    const blocker = EVERY_BLOCKER.find((one) => one.code === 'stuck')!;
    const goneBy = new Date(NOW - 60 * MINUTE).toLocaleString();
    expect(causeWords(blocker)).toBe(
      `It should have been gone by ${goneBy}, and its finalizers keep it: shop/backup.`,
    );
  });
});

describe('the page of a drain', () => {
  const { state, sections } = drainContent({
    clusterArn: ARN,
    nodes: 2,
    pods: 14,
    blockers: EVERY_BLOCKER,
    unread: [{ part: 'code-versions', failure: { kind: 'unexpected', message: 'no' } }],
  });
  const shown = JSON.stringify(sections);

  it('has a section for each gravity, and every pod in a table', () => {
    expect(sections.map(({ heading }) => heading)).toEqual([
      'What could not be read',
      'What holds the drain',
      'What may be lost, or take too long',
      'What takes longer',
      'To look closer',
    ]);
    for (const { pod } of EVERY_BLOCKER) expect(shown).toContain(`"shop/${pod.name}"`);
    expect(shown).toContain('Whether the code of the pods is still in S3 could not be read.');
    const held = EVERY_BLOCKER.filter(({ gravity }) => gravity === 'holds');
    expect(state).toEqual({
      tone: 'error',
      text: `${new Set(held.map(({ pod }) => pod.uid)).size} pods held`,
    });
  });

  it('names the cluster in each command', () => {
    const commands = [...shown.matchAll(/"text":"(kubectl [^"]*)"/g)].map(([, command]) => command);
    expect(commands.length).toBeGreaterThan(5);
    for (const command of commands) expect(command).toMatch(`kubectl --context ${ARN} -n shop describe `);
  });

  it('says that nothing was found, and that this is not known where not all could be read', () => {
    const found = { clusterArn: ARN, nodes: 0, pods: 0, blockers: [], unread: [] };
    expect(drainContent(found)).toMatchObject({ state: { tone: 'good' }, sections: [] });
    const unread = [{ part: 'budgets', failure: { kind: 'unexpected', message: 'no' } }] as const;
    expect(drainContent({ ...found, unread }).state.tone).toBe('unknown');
  });
});

describe('code in S3', () => {
  const { signal } = new AbortController();
  const head = async ({ bucket, key, versionId }: { bucket: string; key: string; versionId?: string }) =>
    bucket === 'code' && key === 'a/b.zip' && versionId !== 'v2'
      ? { size: 1, etag: 'e', metadata: {} }
      : undefined;
  const { exists } = codeVersionsIn({ head });

  it.each([
    ['s3://code/a/b.zip', undefined, true],
    ['s3://code/a/b.zip', 'v1', true],
    ['s3://code/a/b.zip', 'v2', false],
    ['s3://code/c.zip', undefined, false],
    ['https://elsewhere/c.zip', undefined, true],
  ])('%s %s', async (uri, version, expected) => {
    expect(await exists(uri, version, signal)).toBe(expected);
  });
});
