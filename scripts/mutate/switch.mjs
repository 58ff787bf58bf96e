// Stands in a copy of the project: says which mutant is awake, and writes down which ones a test comes by.
import { appendFileSync } from 'node:fs';

const awake = process.env['SLIPWAY_MUTANT'];
const record = process.env['SLIPWAY_MUTANTS_SEEN'];
const seen = new Set();

/** @param {string} id */
export function isMutant(id) {
  if (record !== undefined && !seen.has(id)) {
    seen.add(id);
    appendFileSync(record, `${id}\n`);
  }
  return id === awake;
}
