/** The section with the requests of a deployment, in the order in which they are sent. */
import * as l10n from '@vscode/l10n';
import type { PlannedRequest } from '../../../deploy/port/deploy-target';
import type { Json } from '../../../model/json';
import { jsonBlock, mutedText, text } from '../blocks';
import type { Section } from '../page';

export function requestsSection(requests: readonly PlannedRequest[]): Section {
  return {
    id: 'requests',
    heading: l10n.t('Requests'),
    note: l10n.t('exactly what is sent, in this order'),
    fold: 'closed',
    blocks: [
      mutedText(l10n.t('What stands as "…" gets its value when it is sent.')),
      ...requests.flatMap(({ service, operation, input, later }) => {
        const name = `${service} ${operation}`;
        return [text(name), jsonBlock(name, withLater(input, later))];
      }),
    ],
  };
}

/**
 * Puts `…` in place of the values that are known only later.
 * @param later the paths of these values, such as `code.s3ObjectVersion`
 */
function withLater(input: PlannedRequest['input'], later: readonly string[]): Json {
  return later.reduce<Json>((data, path) => withMember(data, path.split('.')), input);
}

function withMember(data: Json | undefined, [name, ...inside]: readonly string[]): Json {
  if (name === undefined) return '…';
  const members = isObject(data) ? data : {};
  return { ...members, [name]: withMember(members[name], inside) };
}

function isObject(data: Json | undefined): data is { readonly [key: string]: Json | undefined } {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
