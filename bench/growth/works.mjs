// The works whose growth is measured: each at a small size, and at multiples of it.
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bundled } from '../bundle.mjs';
import { writeFolder } from '../pack/folders.mjs';
import { fastClock, openFleet } from '../tree/fleet.mjs';

const WORKER = resolve(import.meta.dirname, '../../dist/pack-worker.js');
const FILE_BYTES = 3_000;
const never = new AbortController().signal;

/**
 * @typedef {object} Work
 * @property {string} what
 * @property {string} unit What the size counts.
 * @property {number} size The smallest.
 * @property {(size: number, folder: string) => Promise<{ run: () => unknown, end?: () => unknown }>} prepare What is done
 * before time counts.
 */

/** @param {string} folder @param {number} files */
async function packerOf(folder, files) {
  const { createPacker } = /** @type {typeof import('../../src/package/packer-client')} */ (
    await bundled('src/package/packer-client.ts')
  );
  const root = join(folder, 'root');
  writeFolder(root, { name: 'growing', files, bytes: files * FILE_BYTES, large: 0 });
  const packer = createPacker({ workerFile: WORKER });
  const request = { root, include: [], ignore: [], useGitignore: false };
  return { packer, request };
}

/** @type {Work} */
const packing = {
  what: 'a folder packed',
  unit: 'files',
  size: 100,
  async prepare(files, folder) {
    const { packer, request } = await packerOf(folder, files);
    let round = 0;
    return {
      async run() {
        round += 1;
        await packer.pack({ ...request, cacheFolder: join(folder, `cache${round}`) }, undefined, never);
        // Over by now; the last one may still be written down.
        rmSync(join(folder, `cache${round - 1}`), { recursive: true, force: true });
      },
      end: () => packer.dispose(),
    };
  },
};

/** @type {Work} */
const diff = {
  what: "a deployed zip's directory read and compared",
  unit: 'files',
  size: 100,
  async prepare(files, folder) {
    const { readZipDirectory, compareWithManifest } =
      /** @type {typeof import('../../src/package/zip-directory')} */ (
        await bundled('src/package/zip-directory.ts')
      );
    const { packer, request } = await packerOf(folder, files);
    const { file, manifest } = await packer.pack(
      { ...request, cacheFolder: join(folder, 'cache') },
      undefined,
      never,
    );
    await packer.dispose();
    const bytes = readFileSync(file);
    const source = {
      read: async (/** @type {number} */ start, /** @type {number} */ length) => {
        const from = start < 0 ? Math.max(0, bytes.length + start) : start;
        return { bytes: bytes.subarray(from, from + length), size: bytes.length };
      },
    };
    return {
      async run() {
        const { same } = compareWithManifest(manifest, await readZipDirectory(source, never));
        if (same.length !== files) throw new Error(`${same.length} files are the same`);
      },
    };
  },
};

/** @type {Work} */
const ledger = {
  what: 'a ledger opened',
  unit: 'operations',
  size: 50,
  async prepare(operations, folder) {
    const { openLedger } = /** @type {typeof import('../../src/operations/ledger')} */ (
      await bundled('src/operations/ledger.ts')
    );
    const { formatLine } = /** @type {typeof import('../../src/operations/ledger-line')} */ (
      await bundled('src/operations/ledger-line.ts')
    );
    const { planned } = /** @type {typeof import('../../test/operations/data')} */ (
      await bundled('test/operations/data.ts')
    );
    const lines = Array.from({ length: operations }, (_, number) => {
      const at = { id: `op${number}`, at: number, writer: 'gone' };
      const plan = { number, files: 'x'.repeat(500) };
      return (
        formatLine({ type: 'planned', ...planned({ kind: 'code', plan }), ...at, seq: 2 * number }) +
        formatLine({ type: 'ended', outcome: { state: 'succeeded' }, ...at, seq: 2 * number + 1 })
      );
    });
    mkdirSync(join(folder, 'ledger'), { recursive: true });
    const file = join(folder, 'ledger/gone.jsonl');
    writeFileSync(file, lines.join(''));
    utimesSync(file, 0, 0);
    const clock = fastClock(1);
    return {
      async run() {
        const opened = await openLedger({ folder, clock });
        if (opened.operations().length !== operations) throw new Error('operations are missing');
        await opened.dispose();
      },
    };
  },
};

/** @type {Work} */
const targets = {
  what: 'slipway.json parsed',
  unit: 'targets',
  size: 10,
  async prepare(count) {
    const { parseTargets } = /** @type {typeof import('../../test/deploy/kinds')} */ (
      await bundled('test/deploy/kinds.ts')
    );
    const target = (/** @type {number} */ at) => ({
      connection: 'sandbox',
      environment: 'eq7dev51r8c4n6y3v2h9s0kd',
      cluster: `rdb-${at}`,
      bucket: 'acme-code',
      prefix: `p${at}`,
    });
    const named = Array.from({ length: count }, (_, at) => [`rdb${at}`, target(at)]);
    const text = JSON.stringify({ targets: Object.fromEntries(named) });
    return {
      run() {
        const { entries, problems } = parseTargets(text);
        if (entries.length !== count || problems.length > 0) throw new Error(JSON.stringify(problems[0]));
      },
    };
  },
};

/** @type {Work} */
const history = {
  what: "a target's history read from a bucket",
  unit: 'records',
  size: 50,
  async prepare(count) {
    const { recordedDeployments } = /** @type {typeof import('../../src/deploy/history/from-bucket')} */ (
      await bundled('src/deploy/history/from-bucket.ts')
    );
    const { recordKey } = /** @type {typeof import('../../src/deploy/naming')} */ (
      await bundled('src/deploy/naming.ts')
    );
    const { formatRecord } = /** @type {typeof import('../../src/deploy/record')} */ (
      await bundled('src/deploy/record.ts')
    );
    const { finspaceKind } = /** @type {typeof import('../../src/deploy/finspace/kind')} */ (
      await bundled('src/deploy/finspace/kind.ts')
    );
    const place = {
      region: 'us-east-1',
      accountId: '111122223333',
      kind: finspaceKind,
      path: ['e1', 'rdb'],
    };
    const contents = new Map(
      Array.from({ length: count }, (_, at) => {
        const record = {
          region: place.region,
          accountId: place.accountId,
          path: place.path,
          operationId: `op${at}`,
          at: 1_000 + at,
          configuration: { code: { bucket: 'b', key: 'k.zip' }, commandLineArguments: [] },
          strategy: 'ROLLING',
          author: 'arn:aws:iam::111122223333:user/ann',
        };
        const text = Buffer.from(formatRecord(record, finspaceKind));
        return [recordKey('slipway', place.path, record), text];
      }),
    );
    const objects = /** @type {import('../../src/deploy/ports').ObjectStore} */ (
      /** @type {unknown} */ ({
        list: async () => ({
          items: [...contents.keys()].map((key) => ({ key, size: 1, isLatest: true })),
        }),
        read: async (/** @type {{ key: string }} */ { key }) => {
          const bytes = contents.get(key);
          return { bytes, size: bytes?.length, etag: 'e' };
        },
      })
    );
    const where = { bucket: 'b', prefix: 'slipway' };
    return {
      async run() {
        const { deployments } = await recordedDeployments(objects, where, place, count, never);
        if (deployments.length !== count) throw new Error(`${deployments.length} deployments`);
      },
    };
  },
};

/** @type {Work} */
const drain = {
  what: 'what blocks a drain, found among its facts',
  unit: 'pods',
  size: 200,
  async prepare(count) {
    const { drainBlockers } = /** @type {typeof import('../../src/drain/blockers')} */ (
      await bundled('src/drain/blockers.ts')
    );
    const { budget, drainFacts, node, NOW, pod } = /** @type {typeof import('../../test/drain/cluster')} */ (
      await bundled('test/drain/cluster.ts')
    );
    const [perNode, perBudget] = [10, 20];
    const app = (/** @type {number} */ at) => `app${Math.floor(at / perBudget)}`;
    const facts = drainFacts({
      nodes: Array.from({ length: count / perNode }, (_, at) => node(`n${at}`)),
      pods: Array.from({ length: count }, (_, at) =>
        pod({ name: `p${at}`, nodeName: `n${at % (count / perNode)}`, labels: { app: app(at) } }),
      ),
      budgets: Array.from({ length: count / perBudget }, (_, at) =>
        budget({
          name: `b${at}`,
          selector: { matchLabels: { app: app(at * perBudget) }, matchExpressions: [] },
          disruptionsAllowed: at % 2,
          currentHealthy: perBudget,
          desiredHealthy: perBudget - 1,
          expectedPods: perBudget,
        }),
      ),
    });
    return {
      run() {
        if (drainBlockers(facts, { now: NOW }).length === 0) throw new Error('nothing blocks');
      },
    };
  },
};

/** @type {Work} */
const tree = {
  what: 'clusters listed and described in the tree, sandbox included',
  unit: 'clusters',
  size: 10,
  async prepare(clusters) {
    const fleet = await openFleet({ kind: 'fleet', kdbClusters: 0, clusters, nodegroupsEach: 1 });
    let round = 0;
    return {
      async run() {
        round += 1;
        const { viewer, close } = fleet.openWindow(fastClock(40), `round ${round}`);
        const group = await viewer.clusters();
        await viewer.open(group);
        const isDone = async () => {
          const rows = await viewer.tree.getChildren(group);
          return rows.length >= clusters && rows.every((row) => 'assessment' in row);
        };
        while (!(await isDone())) await delay(50);
        await close();
      },
      end: () => fleet.close(),
    };
  },
};

export const WORKS = { packing, diff, ledger, targets, history, drain, tree };
