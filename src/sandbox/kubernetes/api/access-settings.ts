/** Setting of the control plane: what a caller may do in a cluster. */
import { list, oneOf, type Shape, structure, text } from '../../shapes';
import type { Access } from './access';

export type { Access } from './access';

const words = list(text(), { min: 1 });

const rule = structure(
  { verbs: words, apiGroups: words, resources: words, resourceNames: words, namespace: text({ min: 1 }) },
  ['verbs', 'apiGroups', 'resources'],
  { closed: true },
);

const level = oneOf('full', 'view', 'none');
const rules = list(rule);

/** One of the named levels, or rules as in a Role. */
export const access: Shape<Access> = {
  read: (value, path, found) => (Array.isArray(value) ? rules : level).read(value, path, found),
};
