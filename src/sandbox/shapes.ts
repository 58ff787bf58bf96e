/** Shapes of requests: they turn JSON or text into typed values, and report mistakes in AWS's words. */

/**
 * One broken rule. `type`: the value has the wrong JSON type, which AWS calls a serialization error, or
 * is an unknown member of a closed structure.
 */
export interface Violation {
  readonly kind: 'constraint' | 'type';
  /** For a `constraint`, in the words of AWS's validation messages. */
  readonly text: string;
}

export interface Shape<T> {
  /**
   * Returns the value, without members that the shape does not know, and adds each violation to `found`.
   * If the value violates the shape, the result may be undefined or incomplete, and must not be used.
   */
  read(value: unknown, path: string, found: Violation[]): T | undefined;
}

export type Value<S> = S extends Shape<infer T> ? T : never;

export type Members = Readonly<Record<string, Shape<unknown>>>;
export type Structure<M extends Members, R extends keyof M> = { readonly [K in R]: Value<M[K]> } & {
  readonly [K in Exclude<keyof M, R>]?: Value<M[K]>;
};

interface TextRules {
  readonly min?: number;
  readonly max?: number;
  /**
   * A regular expression. It must match the whole text, since some of AWS's published patterns lack the
   * anchor at their end.
   */
  readonly pattern?: string;
}

const shown = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));

const broken = (value: unknown, path: string, rule: string): Violation => ({
  kind: 'constraint',
  text: `Value ${shown(value)} at '${path}' failed to satisfy constraint: Member must ${rule}`,
});

const mistyped = (path: string, expected: string): Violation => ({
  kind: 'type',
  text: `${path} is not a ${expected}`,
});

export function text(rules: TextRules = {}): Shape<string> {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern } = rules;
  const whole = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`);
  return {
    read(value, path, found) {
      if (typeof value !== 'string') {
        found.push(mistyped(path, 'String'));
        return undefined;
      }
      if (value.length < min) found.push(broken(value, path, `have length greater than or equal to ${min}`));
      if (value.length > max) found.push(broken(value, path, `have length less than or equal to ${max}`));
      if (whole && !whole.test(value))
        found.push(broken(value, path, `satisfy regular expression pattern: ${pattern}`));
      return value;
    },
  };
}

export function oneOf<const T extends string>(...values: readonly T[]): Shape<T> {
  return {
    read(value, path, found) {
      const known = values.find((one) => one === value);
      if (known === undefined)
        found.push(
          typeof value === 'string'
            ? broken(value, path, `satisfy enum value set: [${values.join(', ')}]`)
            : mistyped(path, 'String'),
        );
      return known;
    },
  };
}

interface NumberRules {
  readonly min?: number;
  readonly max?: number;
}

export function integer({ min, max }: NumberRules = {}): Shape<number> {
  return {
    read(value, path, found) {
      if (typeof value !== 'number' || !Number.isInteger(value)) {
        found.push(mistyped(path, 'Integer'));
        return undefined;
      }
      if (min !== undefined && value < min)
        found.push(broken(value, path, `have value greater than or equal to ${min}`));
      if (max !== undefined && value > max)
        found.push(broken(value, path, `have value less than or equal to ${max}`));
      return value;
    },
  };
}

/** An integer that is sent as text, in a query string. */
export function textInteger(rules: NumberRules = {}): Shape<number> {
  const number = integer(rules);
  return {
    read: (value, path, found) =>
      number.read(
        typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value,
        path,
        found,
      ),
  };
}

export const boolean: Shape<boolean> = {
  read(value, path, found) {
    if (typeof value === 'boolean') return value;
    found.push(mistyped(path, 'Boolean'));
    return undefined;
  },
};

/** A boolean that is sent as text, in a query string. */
export const textBoolean: Shape<boolean> = {
  read: (value, path, found) =>
    boolean.read(value === 'true' ? true : value === 'false' ? false : value, path, found),
};

export function list<T>(
  member: Shape<T>,
  { min = 0, max = Number.POSITIVE_INFINITY } = {},
): Shape<readonly T[]> {
  return {
    read(value, path, found) {
      if (!Array.isArray(value)) {
        found.push(mistyped(path, 'List'));
        return undefined;
      }
      if (value.length < min) found.push(broken(value, path, `have length greater than or equal to ${min}`));
      if (value.length > max) found.push(broken(value, path, `have length less than or equal to ${max}`));
      return value.flatMap((one: unknown, index) => {
        const read = member.read(one, `${path}.${index + 1}.member`, found);
        return read === undefined ? [] : [read];
      });
    },
  };
}

export function map<T>(key: Shape<string>, member: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    read(value, path, found) {
      if (!isRecord(value)) {
        found.push(mistyped(path, 'Map'));
        return undefined;
      }
      return Object.fromEntries(
        Object.entries(value).flatMap(([name, one]) => {
          key.read(name, `${path}.key`, found);
          const read = member.read(one, `${path}.${name}.member`, found);
          return read === undefined ? [] : [[name, read]];
        }),
      );
    },
  };
}

/** @param closed whether an unknown member is a violation; AWS's own services ignore unknown members. */
export function structure<M extends Members, R extends keyof M & string = never>(
  members: M,
  required: readonly R[] = [],
  { closed = false } = {},
): Shape<Structure<M, R>> {
  return {
    read(value, path, found) {
      if (!isRecord(value)) {
        found.push(mistyped(path || 'input', 'Structure'));
        return undefined;
      }
      const at = (name: string): string => (path ? `${path}.${name}` : name);
      const before = found.length;
      const read: Record<string, unknown> = {};
      for (const [name, shape] of Object.entries(members)) {
        const given = value[name];
        if (given !== undefined && given !== null) read[name] = shape.read(given, at(name), found);
        else if (required.some((one) => one === name)) found.push(broken(null, at(name), 'not be null'));
      }
      if (closed)
        for (const name of Object.keys(value))
          if (!Object.hasOwn(members, name)) found.push({ kind: 'type', text: `${at(name)} is not known` });
      return found.length === before ? (read as Structure<M, R>) : undefined;
    },
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
