/** Finds the operation of a REST request by method and requestUri alone. */
import type { Exchange } from './exchange';
import { type Model, membersOf, type Operation, shapeOf } from './model';

export interface Candidate {
  readonly operation: Operation;
  /** Values of the path's labels, decoded, by label. */
  readonly labels: Readonly<Record<string, string>>;
  /** Query parameters that stand in the requestUri itself. */
  readonly fixed: ReadonlyMap<string, string>;
}

/** The operations that the request may mean: those that claim most of its parameters; several only where the model has twins. */
export function candidatesOf(model: Model, exchange: Exchange): readonly Candidate[] {
  const query = new URLSearchParams(exchange.query);
  const found = Object.values(model.operations).flatMap((operation) => {
    const [template = '', fixedQuery = ''] = operation.http.requestUri.split('?');
    const fixed = new Map(new URLSearchParams(fixedQuery));
    const labels = operation.http.method === exchange.method ? matchPath(template, exchange.path) : undefined;
    if (!labels || [...fixed].some(([name, value]) => query.get(name) !== value)) return [];
    const claimed = claimedParameters(model, operation, exchange, query);
    return claimed === undefined ? [] : [{ operation, labels, fixed, weight: fixed.size * 100 + claimed }];
  });
  const most = Math.max(...found.map(({ weight }) => weight));
  return found.filter(({ weight }) => weight === most);
}

/** How many required parameters of query and headers it has; undefined when one is missing that other operations of the path lack. */
function claimedParameters(
  model: Model,
  { input, http }: Operation,
  { requestHeaders }: Exchange,
  query: URLSearchParams,
): number | undefined {
  if (!input) return 0;
  const required = shapeOf(model, input.shape).required ?? [];
  const outside = membersOf(model, input.shape).filter(
    ([name, { location }]) =>
      required.includes(name) && (location === 'querystring' || location === 'header'),
  );
  const present = outside.filter(([name, { location, locationName = name }]) =>
    location === 'querystring'
      ? query.has(locationName)
      : requestHeaders[locationName.toLowerCase()] !== undefined,
  );
  const hasTwins = Object.values(model.operations).filter(
    (other) => other.http.method === http.method && other.http.requestUri === http.requestUri,
  );
  return present.length < outside.length && hasTwins.length > 1 ? undefined : present.length;
}

/** Labels are `{name}` for one segment and `{name+}` for the rest of the path. */
function matchPath(template: string, path: string): Readonly<Record<string, string>> | undefined {
  const names: string[] = [];
  const source = template
    .split(/(\{\w+\+?\})/)
    .map((part) => {
      const label = /^\{(\w+)(\+?)\}$/.exec(part);
      if (!label) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(label[1] ?? '');
      return label[2] ? '(.+)' : '([^/]+)';
    })
    .join('');
  // Path-style S3 addresses a bucket with a slash behind it; no other template ends in a label for a whole bucket.
  const slash = template === '/{Bucket}' ? '/?' : '';
  const match = new RegExp(`^${source}${slash}$`).exec(path);
  return match
    ? Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]))
    : undefined;
}
