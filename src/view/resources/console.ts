/** The addresses of pages in the AWS console that show things. */
import type { Operation } from '../../operations/operation';
import { consoleUrl } from '../console-url';
import { THINGS } from './kinds/table';
import { pathOf, type ThingNode, thingKindOf } from './node';
import { connectionNodeOf } from './row';

/** The address of the thing's page in the console; undefined for kinds of things that have no such page. */
export function consoleOfThing(node: ThingNode): string | undefined {
  const page = thingKindOf(node).console;
  return page && consoleUrl(page, connectionNodeOf(node).connection.region, pathOf(node));
}

/** True if the thing has a page in the AWS console; things of the sandbox have none. */
export function isInConsole(node: ThingNode): boolean {
  return (
    thingKindOf(node).console !== undefined && connectionNodeOf(node).connection.source.kind === 'profile'
  );
}

/**
 * The console page of the thing that an operation changes; undefined where there is none, as for a batch that changes
 * several things.
 */
export function consoleOfOperation({
  kind,
  subject: { region, path },
}: Pick<Operation, 'kind' | 'subject'>): string | undefined {
  if (path.length === 0) return undefined;
  const page = Object.values(THINGS).find(({ operations }) => operations.includes(kind))?.console;
  return page && consoleUrl(page, region, path);
}
