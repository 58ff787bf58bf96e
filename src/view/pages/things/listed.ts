/**
 * The content that the pages of environments and of kdb clusters have in common, made from the
 * declaration of the kind of thing.
 */

import { presentItems } from '../../../model/present';
import type { FactValue } from '../../resources/kinds/page';
import type { ListedNode } from '../../resources/kinds/table';
import { kindOf, listedKindOf } from '../../resources/node';
import { beside, code, muted, time } from '../cells';
import { factsSection } from '../facts';
import type { Cell } from '../page';
import { copyable, logsButton } from './buttons';
import { listedState } from './state';
import { statusProblems, whereToLook } from './status';
import { type ThingContent, whereOf } from './thing';

/** @param now epoch milliseconds */
export function listedThing(row: ListedNode, now: number): ThingContent {
  const kind = listedKindOf(row);
  const { logs, heading, facts } = kind.page;
  const phase = kind.phase(row);
  const { status, reason } = kind.page.status(row);
  return {
    kind: row.kind,
    heading: kindOf(row).appearance(row).label,
    about: whereOf(row),
    state: listedState(phase, status),
    problems: statusProblems(
      phase,
      status,
      reason,
      presentItems(logs && logsButton(logs, 'status'), whereToLook(row)),
    ),
    sections: [
      factsSection(
        heading(),
        facts(row).map(([name, value]) => [name, value === undefined ? undefined : cellOf(value, now)]),
      ),
    ],
  };
}

function cellOf(value: FactValue, now: number): Cell {
  if (typeof value === 'string') return value;
  if (!('kind' in value)) return beside(...value.map((one) => cellOf(one, now)));
  switch (value.kind) {
    case 'code':
      return code(value.text);
    case 'muted':
      return muted(value.text);
    case 'copyable':
      return copyable(value.what, value.text);
    case 'time':
      return time(value.at, now);
  }
}
