/** Makes the cells and texts that several pages use. */
import { agoWords } from '../messages/ago';
import type { Cell, Tone } from './page';

export function code(text: string): Cell {
  return { kind: 'code', text };
}

export function muted(text: string): Cell {
  return { kind: 'muted', text };
}

export function sign(tone: Tone, text: string): Cell {
  return { kind: 'sign', tone, text };
}

/** Cells that stand beside each other on one line where there is room. */
export function beside(...cells: readonly (Cell | undefined)[]): Cell {
  return { kind: 'beside', cells: cells.filter((cell) => cell !== undefined) };
}

/** Cells that stand below one another. */
export function lines(cells: readonly Cell[]): Cell {
  return { kind: 'lines', cells };
}

/** A time as a cell. Both times are epoch milliseconds. */
export function time(at: number, now: number): Cell {
  return { kind: 'time', text: agoWords(at, now), exact: new Date(at).toLocaleString() };
}

/** The words with a capital first letter, for the start of a sentence. */
export function sentence(words: string): string {
  return words.slice(0, 1).toLocaleUpperCase() + words.slice(1);
}
