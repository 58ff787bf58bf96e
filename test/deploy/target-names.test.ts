/** Only those files of src may name FinSpace that are its own rooms, or that hold what is said of it or what lists its rows. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SRC = resolve(import.meta.dirname, '../../src');
const NAMES = /environmentId|kx|finspace/i;

/** Whole rooms: the kind itself, its adapter, its sandbox. */
const ROOMS = ['deploy/finspace/', 'aws/', 'sandbox/'];

const ALLOWED = [
  // The nouns of kdb clusters and the services of AWS, for the rows of the tree and for failures.
  'model/failure.ts',
  'model/kdb.ts',
  'model/phase.ts',
  // The composition, and the questions that lead to a kdb cluster.
  'commands/connection.ts',
  'commands/pick/kdb-cluster.ts',
  'commands/settling.ts',
  'commands/target-kinds.ts',
  // Rows of kdb clusters.
  'view/console-url.ts',
  'view/resources/kinds/environment.ts',
  'view/resources/kinds/kdb-cluster.ts',
  'view/resources/source.ts',
  // What is said of it.
  'view/messages/failure.ts',
  'view/messages/finspace.ts',
  'view/messages/refusals.ts',
  'view/messages/refusals/finspace.ts',
  'view/messages/requests.ts',
  'view/messages/target-kinds.ts',
  // kdb Insights Enterprise on Kubernetes, whose labels and program bear the name of KX, and the folder of code.
  'deploy/kubernetes/checks/check.ts',
  'deploy/kubernetes/checks/manager.ts',
  'deploy/kubernetes/kind.ts',
  'kubernetes/answers/workload.ts',
  'view/messages/kubernetes-target-checks.ts',
  // Code that was written for it, on Kubernetes: where it lay, and the names that it used.
  'commands/snippet/steps.ts',
  'deploy/kubernetes/snippet/aws-q.ts',
  'deploy/kubernetes/snippet/parameters.ts',
  // kdb+ and q wherever they run: ignore files, licences, libraries.
  'deploy/checks/loads.ts',
  'deploy/targets/schema.json',
  'package/content/loads.ts',
  'package/content/login-rules.ts',
  'package/packer.ts',
  'package/rules/deny-list.ts',
  'package/rules/folder-rules.ts',
  'package/rules/outer-rules.ts',
  // The extension for q.
  'view/q-extension.ts',
];

test('no other room names FinSpace', () => {
  const naming = readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /\.(ts|json)$/.test(file.name))
    .map((file) => join(file.parentPath, file.name))
    .filter((file) => NAMES.test(readFileSync(file, 'utf8')))
    .map((file) => relative(SRC, file).replaceAll('\\', '/'))
    .filter((file) => !ROOMS.some((room) => file.startsWith(room)));
  expect(naming.sort()).toEqual(ALLOWED.toSorted());
});
