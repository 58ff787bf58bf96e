/** Words without VS Code: templates filled in as `vscode.l10n.t` does it, and objecting to what that would leave empty. */
import type { Translate } from '../../src/view/words/translate';

/** @throws when a placeholder has no value. */
export const t: Translate = (message, args = {}) => {
  const wanted = [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const missing = wanted.filter((name) => args[name] === undefined);
  if (missing.length > 0) throw new Error(`"${message}" lacks ${missing.join(', ')}`);
  return message.replace(/\{(\w+)\}/g, (_, name: string) => String(args[name]));
};

/** What no sentence for users may hold. */
export function expectPlainWords(text: string): void {
  if (!/^[\p{L}\p{N}"(`]/u.test(text) || /undefined|NaN|\[object|\{\w+\}|null/.test(text)) {
    throw new Error(`Not a sentence for users: ${text}`);
  }
}
