/** What pages are made of: HTML in which text stays text, messages that are checked, keys that are found again. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NodeRecord } from '../../src/drain/node-record';
import { visible } from '../../src/model/visible-text';
import type { Operation } from '../../src/operations/operation';
import { nodeLanes } from '../../src/view/messages/node-lanes';
import { bodyHtml } from '../../src/view/pages/html/body';
import { h } from '../../src/view/pages/html/html';
import { lanesHtml } from '../../src/view/pages/html/lanes';
import { batchLane, laneOf } from '../../src/view/pages/operations/time-line';
import { type PageKey, readKey, writtenKey } from '../../src/view/pages/page-key';
import { readFromPage, readPageState, readToPage } from '../../src/view/pages/page-messages';
import { anyText } from '../any-text';
import { planned } from '../operations/data';
import { PAGES } from '../pages/fixtures/all';
import { HOSTILE, UNSEEN } from './hostile';

/** What a browser makes of the five signs that are written as names. */
function unescaped(source: string): string {
  const signs = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
  return source.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (name) => signs[name as keyof typeof signs]);
}

describe('HTML', () => {
  test('any text stays a text, between tags and in an attribute', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), fc.constantFrom(...Object.values(HOSTILE))), (text) => {
        const { source } = h('p', { title: text }, text);
        const [, title = '', inner = ''] = /^<p title="([^"<>]*)">([^<>"]*)<\/p>$/.exec(source) ?? [];
        expect(source).not.toMatch(UNSEEN);
        if (text.length > 4_000) return;
        expect([unescaped(title), unescaped(inner)]).toEqual([visible(text), visible(text)]);
      }),
    );
  });

  test('an attribute that is off is left out', () => {
    const attributes = { open: true, disabled: false, title: undefined, tabindex: 0 };
    expect(h('details', attributes, h('br', {}), undefined, ['a', 'b']).source).toBe(
      '<details open tabindex="0"><br>ab</details>',
    );
  });
});

describe('messages', () => {
  const NONSENSE = [undefined, null, 1, 'press', [], {}, { type: 'press' }, { type: 'press', button: 1 }];
  test('of a page are taken where they are what a page says', () => {
    expect(readFromPage({ type: 'ready' })).toEqual({ type: 'ready' });
    expect(readFromPage({ type: 'press', button: 'go', more: 1 })).toEqual({ type: 'press', button: 'go' });
    const long = { type: 'press', button: 'x'.repeat(2_001) };
    for (const said of [...NONSENSE, long, { type: 'content', html: '' }])
      expect(readFromPage(said), JSON.stringify(said)).toBeUndefined();
  });

  test('to a page are taken where they are what the extension says', () => {
    expect(readToPage({ type: 'content', html: '<p>' })).toEqual({ type: 'content', html: '<p>' });
    const lines = { type: 'log-lines', after: 0, rows: [], facts: { above: [], none: '' } };
    expect(readToPage(lines)).toEqual(lines);
    const halves = [
      { ...lines, rows: 'many' },
      { ...lines, facts: undefined },
      { ...lines, type: 'lines' },
    ];
    for (const said of [...NONSENSE, { type: 'content' }, ...halves])
      expect(readToPage(said)).toBeUndefined();
  });

  test('what was kept of a page is taken as far as it is usable', () => {
    const kept = { page: 'key', folds: { passed: true, files: 'no' }, top: -5 };
    expect(readPageState(kept)).toEqual({ page: 'key', folds: { passed: true }, top: 0 });
    const log = { filter: 'x', pausedAt: { run: 'r', id: 3 } };
    expect(readPageState({ ...kept, log })).toMatchObject({ log });
    expect(readPageState({ ...kept, log: { filter: 'x', pausedAt: 3 } })).toMatchObject({
      log: { filter: 'x' },
    });
    expect(readPageState({ ...kept, log: [] })).not.toHaveProperty('log');
    for (const nonsense of [...NONSENSE, { page: '', folds: {} }, { page: 'key' }])
      expect(readPageState(nonsense)).toBeUndefined();
  });
});

describe('keys', () => {
  const text = fc.string({ minLength: 1 });
  const keys: fc.Arbitrary<PageKey> = fc.oneof(
    fc.record({ kind: fc.constant('operation' as const), id: text }),
    fc.record({
      kind: fc.constant('thing' as const),
      of: fc.constantFrom('nodegroup', 'environment'),
      connectionId: text,
      path: fc.array(text),
    }),
    fc.record({
      kind: fc.constant('plan' as const),
      of: fc.constantFrom('code' as const, 'nodegroup-version' as const, 'several-nodegroups' as const),
      connectionId: text,
      path: fc.array(text),
    }),
    fc.record({ kind: fc.constant('readiness' as const), connectionId: text, cluster: text }),
    fc.record({
      kind: fc.constant('logs' as const),
      of: fc.constant('log-group' as const),
      connectionId: text,
      path: fc.array(text),
    }),
  );
  test('are read back as they were written, and tell pages apart', () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(readKey(writtenKey(key))).toEqual(key);
      }),
    );
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        expect(writtenKey(a) === writtenKey(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  test.each([
    '',
    '{}',
    '[]',
    '["plan"]',
    '["plan","other","c"]',
    '["operation"]',
    '["thing","nodegroup"]',
    '["code",1]',
  ])('%s is none', (written) => expect(readKey(written)).toBeUndefined());
});

describe('a time line', () => {
  const bar = { label: 'AWS updates', tone: 'running', state: 'running' } as const;
  const source = (parts: Partial<Parameters<typeof lanesHtml>[0]>): string =>
    lanesHtml({ kind: 'lanes', name: 'Time line', lanes: [], now: 60_000, ...parts })
      .map((one) => one.source)
      .join('');

  test('draws each bar as long as it took, over the span of all', () => {
    const drawn = source({
      lanes: [
        {
          bars: [
            { ...bar, label: 'Upload', from: 0, until: 15_000, tone: 'good', state: 'done' },
            { ...bar, from: 15_000 },
          ],
          marks: [{ at: 45_000, label: 'seen' }],
        },
      ],
    });
    expect(drawn).toMatch(/class="length" x="0\.00%" y="18" width="25\.00%"/);
    expect(drawn).toMatch(/class="length" x="25\.00%" y="52" width="75\.00%"/);
    expect(drawn).toContain('cx="75.00%"');
    expect(drawn).toContain('45 s so far');
    // The table holds the same.
    expect(drawn.match(/<tr/g)).toHaveLength(4);
  });

  test('keeps the labels of marks apart that were seen at once', () => {
    const marks = [
      { at: 30_000, label: 'upload verified' },
      { at: 30_100, label: 'recorded' },
      { at: 58_000, label: 'late' },
    ];
    const drawn = source({ lanes: [{ bars: [{ ...bar, from: 0 }], marks }] });
    expect([...drawn.matchAll(/cy="(\d+)"/g)].map(([, y]) => y)).toEqual(['56', '56', '90']);
  });

  test('is there when nothing has happened, and when all happened at once', () => {
    expect(source({})).not.toMatch(/NaN|Infinity/);
    expect(source({ lanes: [{ bars: [{ ...bar, from: 5, until: 5 }], marks: [] }] })).not.toMatch(
      /NaN|Infinity/,
    );
  });
});

describe('what stands alone on a page', () => {
  test.each(Object.entries(PAGES))('begins as a sentence does: %s', (_name, page) => {
    const source = bodyHtml(page);
    const alone = [...source.matchAll(/class="verdict">([^<]*)|role="status">.*?<\/svg>([^<]*)/gs)].map(
      ([, verdict, state]) => verdict ?? state ?? '',
    );
    expect(alone.length).toBeGreaterThan(0);
    for (const words of alone) expect(words).toMatch(/^[^\p{Ll}]/u);
  });
});

describe('the time line of an operation', () => {
  test('has the phase above the steps that are a part of it', () => {
    const operation = {
      ...planned(),
      createdAt: 0,
      sentAt: 20,
      acceptedAt: 30,
      state: 'watching',
      steps: [
        { name: 'packing', at: 0 },
        { name: 'packed', at: 5 },
        { name: 'verified', at: 15 },
      ],
    } as unknown as Operation;
    const { bars, marks } = laneOf(operation);
    expect(bars.map(({ label }) => label)).toEqual([
      'Slipway prepares',
      'Packing',
      'Request to AWS',
      'AWS updates',
    ]);
    expect(marks.map(({ label }) => label)).toEqual(['Upload verified']);
  });

  test('of a batch counts each row from when it was sent, as the table of rows does', () => {
    const row = { ...planned(), createdAt: 0, sentAt: 20, endedAt: 50, state: 'succeeded' } as Operation;
    expect(batchLane([['rdb', { ...row, facts: {} }]]).bars).toMatchObject([{ from: 20, until: 50 }]);
  });
});

test('nodes are not watched beyond the end of their update', () => {
  const node: NodeRecord = { uid: 'u', name: 'ip-1', isOld: true, seenAt: 10, cordonedAt: 20 };
  expect(nodeLanes([node], 50)[0]?.bars).toMatchObject([
    { from: 10, until: 20, state: 'over' },
    { from: 20, until: 50, state: 'last seen so' },
  ]);
  expect(nodeLanes([node])[0]?.bars.at(-1)).not.toHaveProperty('until');
});

test('the page of an environment tells of a cluster in it what Slipway does to it, and of the others what AWS says', () => {
  const inner = PAGES['environment-page-deploying']?.sections.find(({ id }) => id === 'inner');
  const [table] = inner?.blocks ?? [];
  const states = table?.kind === 'table' ? table.rows.map(({ cells: [, state] }) => state) : [];
  expect(states).toMatchObject([
    { tone: 'good', text: 'running' },
    { tone: 'running', text: 'deploying' },
  ]);
});

test('the page of a node group that AWS is changing leads to no other update of it, but for the command at its top', () => {
  const problems = (name: string): string =>
    JSON.stringify(PAGES[name]?.sections.find(({ id }) => id === 'problems'));
  expect(problems('nodegroup-page-updating')).toContain('new AMI');
  expect(problems('nodegroup-page-updating')).not.toContain('slipway.nodegroup.update');
  expect(problems('nodegroup-page-behind')).toContain('slipway.nodegroup.update');
});
