/** How words reach the user's language: `vscode.l10n.t` fits, and so does a plain formatter in tests. */
export type Translate = (message: string, args?: Record<string, string | number>) => string;
