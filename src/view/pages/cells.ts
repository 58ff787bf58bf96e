/** Cells as pages of things need them. */
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

/** Epoch milliseconds. */
export function time(at: number, now: number): Cell {
  return { kind: 'time', text: agoWords(at, now), exact: new Date(at).toLocaleString() };
}
