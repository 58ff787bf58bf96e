/** The page of a thing of any kind: its state, its problems and their remedies, facts, and operations. */
import * as l10n from '@vscode/l10n';
import { presentItems } from '../../../model/present';
import { asOfWords } from '../../messages/as-of';
import { PAGED } from '../../resources/kinds/table';
import { isPaged, kindOf, type PagedNode, type ResourceNode } from '../../resources/node';
import { connectionNodeOf } from '../../resources/row';
import { findingsBlock } from '../blocks';
import { beside, time } from '../cells';
import type { Cell, Finding, Page, PageButton, Section, Tone } from '../page';
import { thingLink } from './buttons';
import { lastFailure, operationsSection, runningNotices, type ThingOperation } from './operations';

/** The part of the page that depends on the kind of thing. */
export interface ThingContent {
  readonly kind: PagedNode['kind'];
  readonly heading: string;
  /** Where the thing is: a link to the thing that contains it, if there is one, and the region. */
  readonly about: readonly Cell[];
  readonly state: Page['state'];
  /** A change under way in AWS that none of Slipway's operations follows. */
  readonly goesOn?: Finding;
  /** Findings about problems, and about facts that are not known; most have a button that helps. */
  readonly problems: readonly Finding[];
  readonly sections: readonly Section[];
}

/** The age of the data on the page, and why newer data is missing. Times are in epoch milliseconds. */
export interface ThingReading {
  /**
   * When the thing, or the list from which the page has its data, was last read. Absent while no such read
   * is known, and for a workload, which is watched.
   */
  readonly readAt?: number;
  /**
   * Present while the page shows data of an earlier read that no later read has confirmed: the time of
   * that read.
   */
  readonly asOf?: number;
  readonly isReading: boolean;
  /** Why the thing could not be read, and what the user can do about it. */
  readonly failure?: Finding;
}

export interface ShownThing extends ThingContent {
  readonly reading: ThingReading;
  /** Operations on the thing and on things inside it, newest first. */
  readonly operations: readonly ThingOperation[];
  readonly buttons: readonly PageButton[];
}

/** @param now epoch milliseconds */
export function thingPage(shown: ShownThing, now: number): Page {
  const { kind, heading, about, state, goesOn, problems, sections, reading, operations, buttons } = shown;
  const failed = lastFailure(operations);
  return {
    kind: PAGED[kind].page.name(),
    heading,
    about: [...about, ...readCells(reading, now)],
    state,
    notices: presentItems(reading.failure, goesOn, ...runningNotices(operations, now)),
    buttons: isSettled(state.tone) ? buttons : buttons.map(plainButton),
    sections: [
      ...problemsSection(presentItems(failed, ...problems)),
      ...opened(sections),
      operationsSection(operations, now),
      ...folded(sections),
    ],
  };
}

/**
 * False if the state is an error, or while a change or a read is under way: the page then recommends no
 * button.
 */
function isSettled(tone: Tone): boolean {
  return tone !== 'error' && tone !== 'running';
}

function plainButton(button: PageButton): PageButton {
  return button.look === 'main' ? { ...button, look: 'plain' } : button;
}

/** The folded sections. They are needed rarely, and therefore come last. */
function folded(sections: readonly Section[]): readonly Section[] {
  return sections.filter(({ fold }) => fold === 'closed');
}

function opened(sections: readonly Section[]): readonly Section[] {
  return sections.filter(({ fold }) => fold !== 'closed');
}

function problemsSection(problems: readonly Finding[]): readonly Section[] {
  const isAnyWrong = problems.some(({ tone }) => tone !== 'info' && tone !== 'unknown');
  return problems.length === 0
    ? []
    : [
        {
          id: 'problems',
          heading: isAnyWrong ? l10n.t('What needs attention') : l10n.t('Worth knowing'),
          blocks: [findingsBlock(problems)],
        },
      ];
}

function readCells({ readAt, asOf, isReading }: ThingReading, now: number): readonly Cell[] {
  const reading = isReading ? [l10n.t('reading…')] : [];
  if (asOf !== undefined) {
    const exact = new Date(asOf).toLocaleString();
    return [{ kind: 'time', text: asOfWords(asOf, now), exact }, ...reading];
  }
  return readAt === undefined ? reading : [beside(l10n.t('read'), time(readAt, now))];
}

export function whereOf(row: PagedNode): readonly Cell[] {
  return [...within(row), connectionNodeOf(row).connection.region];
}

function within(row: PagedNode): readonly Cell[] {
  for (let at: ResourceNode = row.parent; at.kind !== 'connection'; at = at.parent) {
    if (!isPaged(at)) continue;
    const { inside } = PAGED[at.kind].page;
    return inside ? [beside(inside(), thingLink(at.id, kindOf(at).appearance(at).label))] : [];
  }
  return [];
}
