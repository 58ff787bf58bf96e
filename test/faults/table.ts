/** What a campaign came to, as text: passed of tried for each kind of fault and flow. */
import type { Case } from './cases';
import type { Flow } from './flows';
import { KINDS } from './kinds';

export function tableOf(flows: readonly Flow[], results: ReadonlyMap<Case, boolean>, seed: number): string {
  const all = [...results].map(([{ flow, injection }, passed]) => ({ flow, kind: injection.kind, passed }));
  const cell = (of: typeof all): string =>
    of.length === 0 ? '-' : `${of.filter(({ passed }) => passed).length}/${of.length}`;
  const rows = [
    ['', ...flows.map(({ name }) => name)],
    ...KINDS.map((kind) => [
      kind.name,
      ...flows.map((flow) => cell(all.filter((one) => one.kind === kind && one.flow === flow))),
    ]),
    ['all', ...flows.map((flow) => cell(all.filter((one) => one.flow === flow)))],
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  '));
  const passed = all.filter((one) => one.passed).length;
  return [`Fault campaign, seed ${seed}`, ...lines, `${passed} passed, ${all.length - passed} failed`].join(
    '\n',
  );
}
