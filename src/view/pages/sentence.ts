/** As a sentence begins: what stands alone on a page begins alike, whoever else says the same words in the middle of one. */
export function sentence(words: string): string {
  return words.slice(0, 1).toLocaleUpperCase() + words.slice(1);
}
