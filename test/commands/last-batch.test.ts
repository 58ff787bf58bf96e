/** What the last batch deployed to is ticked again, and nothing that merely has the same name. */
import { expect, test } from 'vitest';
import { Uri } from 'vscode';
import { rankIn } from '../../src/commands/code/several/chosen';
import type { LastRow } from '../../src/commands/code/several/last-batch';
import type { WorkspaceTarget } from '../../src/commands/code/targets/workspace-targets';
import { finspaceKind } from '../../src/deploy/finspace/kind';
import { kubernetesKind } from '../../src/deploy/kubernetes/kind';
import type { TargetKind } from '../../src/deploy/port/target-kind';

const PATH = ['trading', 'tick', 'statefulset/rdb'];

function row(folder: string, kind: TargetKind, root = 'q') {
  const target = { name: 'scratch', kind, path: PATH, root };
  const of = {
    folder: { uri: Uri.file(folder), name: folder, index: 0 },
    target,
  } as unknown as WorkspaceTarget;
  return { kind: 'above', of } as const;
}

test('a target is that of the last batch by its name, place, kind and folder', () => {
  const last: readonly LastRow[] = [
    { connectionId: 'c', kind: kubernetesKind.id, path: PATH, target: 'scratch', root: '/home/ada/rates/q' },
  ];
  const isLast = (one: ReturnType<typeof row>): boolean => rankIn(last, one) === 0;
  expect(isLast(row('/home/ada/rates', kubernetesKind))).toBe(true);
  expect(isLast(row('/home/ada/equities', kubernetesKind))).toBe(false);
  expect(isLast(row('/home/ada/rates', kubernetesKind, 'p'))).toBe(false);
  expect(isLast(row('/home/ada/rates', finspaceKind))).toBe(false);
});
