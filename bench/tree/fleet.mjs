// A fleet in the sandbox, and the Resources view over it through the built SDK chunks.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundled } from '../bundle.mjs';
import { Viewer } from './viewer.mjs';

const ROOT = resolve(import.meta.dirname, '../..');

/** A cluster with much in it, as an action of {@link openFleet} but for its name. */
export const LARGE = { kind: 'kubernetes-large', nodes: 1_000, pods: 10_000, budgets: 500 };

/** @typedef {import('../../src/model/clock').Clock} Clock */
/** @typedef {Awaited<ReturnType<typeof openFleet>>} Fleet */
/** @typedef {ReturnType<Fleet['openWindow']>} Window */

/**
 * @param {Readonly<Record<string, unknown>> & { readonly kind: string }} action What fills the sandbox, as somebody
 * else's act: see src/sandbox/foreign.ts.
 */
export async function openFleet(action) {
  const { startTestSandbox } = /** @type {typeof import('../../test/sandbox/start')} */ (
    await bundled('test/sandbox/start.ts')
  );
  const alias = { vscode: './bench/tree/vscode.mjs' };
  const { ResourceTree } = /** @type {typeof import('../../src/view/resources/tree')} */ (
    await bundled('src/view/resources/tree.ts', alias)
  );
  const { SnapshotFiles } = /** @type {typeof import('../../src/view/resources/memory/snapshot-files')} */ (
    await bundled('src/view/resources/memory/snapshot-files.ts')
  );
  const { AttentionSources } =
    /** @type {typeof import('../../src/commands/nodegroup/attention-sources')} */ (
      await bundled('src/commands/nodegroup/attention-sources.ts')
    );
  const { clustersIn } = /** @type {typeof import('../../src/commands/nodegroup/cluster-inside')} */ (
    await bundled('src/commands/nodegroup/cluster-inside.ts', alias)
  );
  const { createKubernetes } = /** @type {typeof import('../../src/kubernetes/index')} */ (
    await import(pathToFileURL(join(ROOT, 'dist/kubernetes.mjs')).href)
  );
  const { connectionOf } = /** @type {typeof import('../../src/model/connection')} */ (
    await bundled('src/model/connection.ts')
  );
  const { createAws } = /** @type {typeof import('../../src/aws/index')} */ (
    await import(pathToFileURL(join(ROOT, 'dist/aws/index.mjs')).href)
  );
  const sandbox = await startTestSandbox({ empty: true, alone: true });
  await sandbox.control.foreign(action);
  const folder = mkdtempSync(join(tmpdir(), 'slipway-tree-'));
  const connection = connectionOf({ kind: 'sandbox' }, sandbox.region);

  /**
   * A window: budgets, connections and rows of its own.
   * @param {Clock} clock @param {string} memory Name of what it remembers, and of what the next one finds.
   */
  const openWindow = (clock, memory) => {
    const aws = createAws({
      clock,
      env: process.env,
      sandboxFile: sandbox.file,
      sandboxProgram: '',
      mayStartSandbox: false,
      mfaCode: () => Promise.reject(new Error('nobody to ask')),
      onRequest: () => undefined,
    });
    const ports = async () => (await aws.session(connection)).interactive;
    const problems = /** @type {string[]} */ ([]);
    /** @type {import('../../src/kubernetes/contract').RequestEntry[]} */
    const requests = [];
    const kubernetes = createKubernetes({
      clock,
      onRequest: (entry) => requests.push(entry),
      aws: async (connection, kind) => {
        const session = await aws.session(connection);
        return kind === 'interactive' ? session.interactive : session.following;
      },
      roleOf: async () => undefined,
      overrides: () => ({}),
    });
    const tree = new ResourceTree(
      {
        connections: () => [connection],
        source: {
          services: async (_, haste) => (await aws.session(connection))[haste],
          identity: async (_, signal) => (await ports()).identities.whoAmI(signal),
          isReady: () => aws.isReady(connection),
          ...clustersIn(
            async () => kubernetes,
            () => [],
            clock,
          ),
          watchWorkloads: () => undefined,
        },
        attention: new AttentionSources(ports, clock).attention(),
        files: new SnapshotFiles(join(folder, memory), clock, (message) => problems.push(message)),
        clock,
        log: (message) => problems.push(message),
      },
      () => undefined,
    );
    tree.resources.visible(true);
    const viewer = new Viewer(tree);
    return {
      tree,
      viewer,
      problems,
      /** What was asked of clusters. */
      requests,
      cluster: (/** @type {string} */ name) => kubernetes.cluster(connection, name),
      session: () => aws.session(connection),
      close: async () => {
        viewer.dispose();
        await tree.dispose();
        kubernetes.dispose();
        aws.dispose();
        if (problems.length > 0) throw new Error(problems.slice(0, 3).join('\n'));
      },
    };
  };
  return {
    sandbox,
    openWindow,
    close: async () => {
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A clock on which waits are shorter, so that a budget of ten requests a second lets more through.
 * @param {number} factor @returns {Clock}
 */
export function fastClock(factor) {
  const from = Date.now();
  const now = () => from + (Date.now() - from) * factor;
  return {
    now,
    sleep: (ms, signal) =>
      new Promise((done, fail) => {
        signal.throwIfAborted();
        const stop = () => {
          clearTimeout(timer);
          fail(signal.reason);
        };
        const timer = setTimeout(() => {
          signal.removeEventListener('abort', stop);
          done();
        }, ms / factor);
        signal.addEventListener('abort', stop, { once: true });
      }),
  };
}
