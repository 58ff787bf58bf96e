/**
 * Checks of what the user types for the snippet of a workload. Each function named `…Problem` returns a
 * sentence that says what is wrong, or undefined.
 */
import * as l10n from '@vscode/l10n';
import type { SnippetParameters } from '../../deploy/kubernetes/snippet/parameters';
import { snippets } from '../target-kinds';

/**
 * Parses a text such as `kdb/statefulset/hdb`; undefined if it has another form, or a name in it is not
 * allowed.
 */
export function workloadIn(
  text: string,
): Pick<SnippetParameters, 'kind' | 'namespace' | 'workload'> | undefined {
  const [namespace = '', kind, name, ...more] = text.trim().split('/');
  const path = `${kind}/${name}`;
  const named = snippets.workloadNamed(path);
  const { breachOf } = snippets.kind.members;
  if (named === undefined || more.length > 0) return undefined;
  if (breachOf('namespace', namespace) || breachOf('workload', path)) return undefined;
  return { namespace, kind: named.kind, workload: named.name };
}

export function containerProblem(text: string): string | undefined {
  return /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(text)
    ? undefined
    : l10n.t('A container has a name of up to 63 characters: a–z, 0–9, and - between them.');
}

/** Quotes and backslashes are refused, since no shell reads the command: it is split at its spaces. */
export function programProblem(text: string): string | undefined {
  return /^[^\p{Cc}"'\\]*[^\p{Cc}"'\\ ][^\p{Cc}"'\\]*$/u.test(text)
    ? undefined
    : l10n.t('Type the program and its options, with spaces between them and without quotes.');
}

export function databaseProblem(text: string): string | undefined {
  return /^[^\p{Cc}/]{0,128}$/u.test(text)
    ? undefined
    : l10n.t('A database has a name of up to 128 characters without slashes.');
}

export function prefixProblem(text: string): string | undefined {
  if (text === '') return undefined;
  return /^[\x21-\x2e\x30-\x7e](?:[\x21-\x7e]{0,510}[\x21-\x2e\x30-\x7e])?$/.test(text) &&
    !text.includes('//')
    ? undefined
    : l10n.t(
        'A folder is ASCII without spaces, up to 512 characters, and neither begins nor ends with a slash.',
      );
}
