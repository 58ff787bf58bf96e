/** Cells and texts as pages need them. */
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

/** On one line where there is room. */
export function beside(...cells: readonly (Cell | undefined)[]): Cell {
  return { kind: 'beside', cells: cells.filter((cell) => cell !== undefined) };
}

/** One below the other. */
export function lines(cells: readonly Cell[]): Cell {
  return { kind: 'lines', cells };
}

/** Epoch milliseconds. */
export function time(at: number, now: number): Cell {
  return { kind: 'time', text: agoWords(at, now), exact: new Date(at).toLocaleString() };
}

/** The words with a capital letter first, for words that elsewhere stand in the middle of a sentence. */
export function sentence(words: string): string {
  return words.slice(0, 1).toLocaleUpperCase() + words.slice(1);
}
