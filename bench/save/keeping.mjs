// Has a client of the SDK keep its connections.

/**
 * From one request to the next, as Slipway's clients do: VS Code would have each closed after its answer.
 * @template {{ middlewareStack: { add(middleware: any, options: any): void } }} T
 * @param {T} client
 */
export function keeping(client) {
  const middleware = (/** @type {any} */ next) => (/** @type {any} */ args) => {
    args.request.headers.connection = 'keep-alive';
    return next(args);
  };
  client.middlewareStack.add(middleware, { step: 'finalizeRequest', priority: 'low' });
  return client;
}
