/**
 * Which field managers own which parts of a workload's pod template.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
import { list, maybe, members, text, word } from '../../model/shape';
import { ANNOTATIONS, type Writer } from '../../model/workload';

export interface ManagedFields {
  readonly manager?: string | null;
  readonly operation: string;
  readonly time?: string | null;
  readonly subresource?: string | null;
  readonly fieldsV1?: object | null;
}

export const managedFields = list(
  members({
    manager: maybe(text),
    operation: word,
    time: maybe(text),
    subresource: maybe(text),
    fieldsV1: maybe(members({})),
  }),
);

/**
 * The managers that own a part of the pod template; entries for subresources, such as the status, are left
 * out.
 */
export function writersIn(entries: readonly ManagedFields[]): readonly Writer[] {
  return entries.flatMap(({ manager, operation, time, subresource, fieldsV1 }) => {
    const template = at(fieldsV1, 'f:spec', 'f:template');
    if (subresource || template === undefined) return [];
    const names = Object.keys(at(template, 'f:metadata', 'f:annotations') ?? {}).map((name) =>
      name.replace(/^f:/, ''),
    );
    const annotations = names.filter((name) => name.startsWith(ANNOTATIONS));
    const written = Date.parse(time ?? '');
    return [
      {
        manager: manager ?? '',
        operation,
        ...(!Number.isNaN(written) && { at: written }),
        annotations,
        template: ownsMore(template),
      },
    ];
  });
}

function at(value: object | null | undefined, ...path: readonly string[]): object | undefined {
  let found: unknown = value;
  for (const name of path) found = found instanceof Object ? Reflect.get(found, name) : undefined;
  return found instanceof Object ? found : undefined;
}

/**
 * True if the entry owns a part of the template other than Slipway's annotations. In each map, the name `.`
 * stands for the map itself.
 */
function ownsMore(template: object): boolean {
  const about = at(template, 'f:metadata');
  const annotations = Object.keys(at(about, 'f:annotations') ?? {});
  return (
    Object.keys(template).some((name) => name !== '.' && name !== 'f:metadata') ||
    Object.keys(about ?? {}).some((name) => name !== '.' && name !== 'f:annotations') ||
    annotations.some((name) => name !== '.' && !name.startsWith(`f:${ANNOTATIONS}`))
  );
}
