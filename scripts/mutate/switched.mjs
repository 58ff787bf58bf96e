// Compiles many mutants into one text: each is asleep until the environment names it, so that nothing is built twice.

/** @typedef {import('./candidates.mjs').Mutant & { readonly id: string }} Drawn */

/**
 * @param {string} text
 * @param {readonly Drawn[]} mutants All of this file.
 * @param {string} importPath Where the text imports {@link file://./switch.mjs} from.
 */
export function switched(text, mutants, importPath) {
  const insertions = mutants.flatMap((mutant, order) => {
    const { start, end, id, replacement } = mutant;
    const on = `isMutant('${id}')`;
    const [before, after] =
      replacement === undefined ? [`{ if (!${on}) `, ' }'] : [`(${on} ? (${replacement}) : (`, '))'];
    const size = end - start;
    // An enclosing mutant opens first and closes last; of two at the same place, the one drawn first encloses
    // the other.
    return [
      { at: start, closes: 0, rank: [-size, order], text: before },
      { at: end, closes: -1, rank: [size, -order], text: after },
    ];
  });
  insertions.sort(
    (a, b) =>
      a.at - b.at ||
      a.closes - b.closes ||
      Number(a.rank[0]) - Number(b.rank[0]) ||
      Number(a.rank[1]) - Number(b.rank[1]),
  );
  let made = `import { isMutant } from '${importPath}'; `;
  let read = 0;
  for (const { at, text: inserted } of insertions) {
    made += text.slice(read, at) + inserted;
    read = at;
  }
  return made + text.slice(read);
}
