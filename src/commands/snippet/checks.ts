/** What may be typed about a workload that is to carry code: undefined, or the sentence that says why not. */
import * as l10n from '@vscode/l10n';
import type { SnippetParameters } from '../../deploy/kubernetes/snippet/parameters';

const KINDS: Readonly<Record<string, SnippetParameters['kind']>> = {
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
};

/**
 * `kdb/statefulset/hdb`; undefined for anything else.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function workloadIn(
  text: string,
): Pick<SnippetParameters, 'kind' | 'namespace' | 'workload'> | undefined {
  const [, namespace, kindText = '', workload] =
    /^([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)\/(deployment|statefulset)\/([a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?)$/.exec(
      text.trim(),
    ) ?? [];
  const kind = KINDS[kindText];
  if (namespace === undefined || kind === undefined || workload === undefined) return undefined;
  return { namespace, kind, workload };
}

export function containerProblem(text: string): string | undefined {
  return /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(text)
    ? undefined
    : l10n.t('A container has a name of up to 63 characters: a–z, 0–9, and - between them.');
}

/** Words, which no shell will read. */
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

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function bucketProblem(text: string): string | undefined {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text)
    ? undefined
    : l10n.t('A bucket has a name of 3 to 63 characters: a–z, 0–9, and . or - between them.');
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
