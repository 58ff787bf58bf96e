/** What the Resources view shows, with a view that opens rows as VS Code does and keeps what it was told to draw. */
import { onTestFinished } from 'vitest';
import type { AttentionCount } from '../../src/view/resources/attention-count';
import { SnapshotFiles } from '../../src/view/resources/memory/snapshot-files';
import type { ResourceNode } from '../../src/view/resources/node';
import { Resources } from '../../src/view/resources/resources';
import { temporaryFolder } from '../operations/given';
import type { FleetAws } from './fleet-aws';
import { CONNECTION } from './fleet-aws';

export interface TestTree {
  readonly resources: Resources;
  readonly folder: string;
  readonly logged: readonly string[];
  /** Rows that were drawn again, in order. */
  readonly drawn: ResourceNode[];
  /** Opens a row; resolves to the ids of the rows below it, without the row's own id. */
  open(node: ResourceNode): Promise<readonly string[]>;
  /** The rows below a row, as they are now. */
  below(node: ResourceNode): Promise<readonly ResourceNode[]>;
  kdb(): Promise<ResourceNode>;
  eks(): Promise<ResourceNode>;
  /** Lets everything that was asked for come. */
  rest(): Promise<void>;
  end(): Promise<void>;
}

/** Shorter than answers about versions and releases are kept; milliseconds. */
const A_LONG_TIME = 20 * 60_000;

export function givenTree(
  aws: FleetAws,
  {
    folder = temporaryFolder(),
    count = () => undefined,
    drawn: onDraw = () => undefined,
  }: {
    readonly folder?: string;
    readonly count?: (count: AttentionCount) => unknown;
    /** Told what the view is told to draw again. */
    readonly drawn?: (rows: readonly ResourceNode[] | undefined) => unknown;
  } = {},
): TestTree {
  const { clock } = aws;
  const logged: string[] = [];
  const drawn: ResourceNode[] = [];
  const log = (message: string): number => logged.push(message);
  const resources = new Resources(
    {
      connections: () => [CONNECTION],
      source: aws.source,
      attention: aws.attention,
      files: new SnapshotFiles(folder, clock, log),
      clock,
      log,
    },
    {
      draw: (rows) => {
        drawn.push(...(rows ?? []));
        onDraw(rows);
      },
      count,
    },
  );
  resources.visible(true);
  let isOver = false;
  const end = async (): Promise<void> => {
    if (!isOver) await resources.dispose();
    isOver = true;
  };
  onTestFinished(end);
  const groups = async (): Promise<readonly ResourceNode[]> => {
    const [root] = await resources.children();
    if (!root) throw new Error('there is no connection');
    return resources.children(root);
  };
  const group = async (kind: ResourceNode['kind']): Promise<ResourceNode> => {
    const found = (await groups()).find((node) => node.kind === kind);
    if (!found) throw new Error(`there is no ${kind}`);
    return found;
  };
  const below = async (node: ResourceNode): Promise<readonly ResourceNode[]> => {
    let rows: readonly ResourceNode[] | undefined;
    const asked = resources.children(node).then((found) => {
      rows = found;
    });
    await clock.runUntil(() => rows !== undefined, A_LONG_TIME);
    await asked;
    return rows ?? [];
  };
  return {
    resources,
    folder,
    logged,
    drawn,
    below,
    open: async (node) => (await below(node)).map(({ id }) => id.slice(node.id.length + 1)),
    kdb: () => group('kdb'),
    eks: () => group('eks'),
    rest: () => clock.advance(A_LONG_TIME),
    end,
  };
}
