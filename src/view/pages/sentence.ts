/** The words with a capital letter first, for words that elsewhere stand in the middle of a sentence. */
export function sentence(words: string): string {
  return words.slice(0, 1).toLocaleUpperCase() + words.slice(1);
}
