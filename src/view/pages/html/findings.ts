/** Findings as HTML: each finding is a card, or a single line if its tone is good. */

import { sentence } from '../cells';
import type { Finding } from '../page';
import { type Html, h } from './html';
import { sign } from './icons';
import { buttonsHtml } from './table';

export function findingsHtml(findings: readonly Finding[]): Html {
  return h(
    'ul',
    { class: 'findings' },
    findings.map((finding) =>
      h(
        'li',
        { class: finding.tone === 'good' ? 'passed' : 'finding', 'data-tone': finding.tone },
        parts(finding),
      ),
    ),
  );
}

/** A finding at the top of the page. */
export function noticeHtml(finding: Finding): Html {
  return h('div', { class: 'finding', 'data-tone': finding.tone, 'data-notice': true }, parts(finding));
}

function parts({ tone, verdict, title, text, help, buttons = [] }: Finding): readonly (Html | undefined)[] {
  return [
    h('span', { class: 'lead' }, sign(tone), h('span', { class: 'verdict' }, sentence(verdict))),
    h(
      'div',
      { class: 'said' },
      h('p', { class: 'title' }, title),
      text === undefined ? undefined : h('p', {}, text),
      help === undefined ? undefined : h('p', { class: 'muted' }, help),
      buttonsHtml(buttons),
    ),
  ];
}
