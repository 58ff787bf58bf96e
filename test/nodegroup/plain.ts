/** What no sentence for users may hold. */
export function expectPlainWords(text: string): void {
  if (!/^[\p{L}\p{N}"(`]/u.test(text) || /undefined|NaN|\[object|\{\w+\}|null/.test(text)) {
    throw new Error(`Not a sentence for users: ${text}`);
  }
}
