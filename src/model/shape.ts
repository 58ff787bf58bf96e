/**
 * Checks the members of an answer that Slipway uses: each must have the right type, and may be absent only if
 * it is optional ({@link maybe}).
 */

/**
 * Describes the first mismatch; undefined if there is none. The description begins with the path of the value
 * (`the answer` if the path is empty), except for a mismatch found by {@link where}.
 */
export type Shape = (value: unknown, path: string) => string | undefined;

/** A text that is not empty: a name, an id, a status. */
export const word: Shape = (value, path) =>
  typeof value === 'string' && value !== '' ? undefined : misfit(path, value, 'text');

export const text: Shape = (value, path) =>
  typeof value === 'string' ? undefined : misfit(path, value, 'text');

export const flag: Shape = (value, path) =>
  typeof value === 'boolean' ? undefined : misfit(path, value, 'true or false');

export const count: Shape = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? undefined
    : misfit(path, value, 'a number');

/** A number that is not negative, or a text, such as the percentage `25%`. */
export const numberOrText: Shape = (value, path) =>
  count(value, path) === undefined ? undefined : text(value, path);

/** A time: a `Date`, as the SDK gives it, or seconds since the epoch, as in JSON. */
export const time: Shape = (value, path) =>
  Number.isFinite(value instanceof Date ? value.getTime() : value)
    ? undefined
    : misfit(path, value, 'a time');

/** A member that may be absent or null. */
export function maybe(shape: Shape): Shape {
  return (value, path) => (value === undefined || value === null ? undefined : shape(value, path));
}

/** An object with these members; any other members are ignored. */
export function members(shapes: Readonly<Record<string, Shape>>): Shape {
  const all = Object.entries(shapes);
  return (value, path) => {
    if (!isObject(value)) return misfit(path, value, 'an object');
    for (const [name, shape] of all) {
      const found = shape(Reflect.get(value, name), path === '' ? name : `${path}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

export function list(of: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return misfit(path, value, 'a list');
    for (let index = 0; index < value.length; index += 1) {
      const found = of(value[index], `${path}[${index}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** An object whose members may have any names; `of` checks each member. */
export function record(of: Shape): Shape {
  return (value, path) => {
    if (!isObject(value)) return misfit(path, value, 'an object');
    for (const [name, one] of Object.entries(value)) {
      const found = of(one, `${path}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/**
 * Adds to a shape a rule about several members together: `keeps` returns true for an object that satisfies the
 * rule; for any other object, `broken` is the description of the mismatch.
 */
export function where(shape: Shape, keeps: (value: object) => boolean, broken: string): Shape {
  return (value, path) =>
    shape(value, path) ?? (value instanceof Object && keeps(value) ? undefined : broken);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function misfit(path: string, value: unknown, wanted: string): string {
  const name = path === '' ? 'the answer' : path;
  return value === undefined || value === null ? `${name} is missing` : `${name} is not ${wanted}`;
}
