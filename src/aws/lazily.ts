/** Ports that are loaded on first use. */

/** The form of a port that can be loaded lazily: methods that return promises. */
export type PortOf<Port> = { readonly [K in keyof Port]: (...given: never[]) => Promise<unknown> };

type Method = (...given: readonly unknown[]) => Promise<unknown>;

/**
 * A port that passes each call on to the port that `load` returns. `load` runs at every call, so it must keep
 * its result.
 */
export function lazily<Port extends PortOf<Port>>(load: () => Promise<Port>): Port {
  const method =
    (name: keyof Port): Method =>
    async (...given) =>
      ((await load())[name] as unknown as Method)(...given);
  return new Proxy({} as Port, {
    // A port has no `then`, so that `await` does not mistake it for a promise.
    get: (_, name) => (name === 'then' ? undefined : method(name as keyof Port)),
  });
}
