/** The pages of things: one for each thing, made from the rows of the tree and updated with them. */
import type { CommandId } from '../../view/command-ids';
import { copyText } from '../../view/message';
import type { PageKey, ThingKey } from '../../view/pages/page-key';
import type { ShownPage } from '../../view/pages/panels';
import { actionOf, isLook, type ThingAction } from '../../view/pages/things/buttons';
import { isPagedKind } from '../../view/resources/kinds/table';
import { type PagedNode, pathOf } from '../../view/resources/node';
import type { ThingPlace } from '../../view/resources/paged-rows';
import { connectionNodeOf } from '../../view/resources/row';
import { openWebPage } from '../../view/web-page';
import { placeOfRow } from '../nodegroup/place';
import type { ThingPageDeps } from './deps';
import { OpenThing } from './open-thing';

/**
 * Milliseconds between two updates of the times on the page while an operation runs. While none runs, the
 * times are updated only after every `IDLE_TICKS`th of these intervals.
 */
const TICK_MS = 5_000;
const IDLE_TICKS = 6;

export class ThingPages {
  constructor(private readonly deps: ThingPageDeps) {}

  /** Opens the page of a row, or brings it to the front. */
  async show(row: PagedNode): Promise<void> {
    await this.showAt(placeOf(row));
  }

  async showAt(place: ThingPlace): Promise<void> {
    await this.deps.pages.show(this.page(place));
  }

  /**
   * The page for a key that VS Code restored; undefined if this version has no page for things of that kind.
   */
  restored({ of, connectionId, path }: ThingKey): ShownPage | undefined {
    return isPagedKind(of) ? this.page({ kind: of, connectionId, path }) : undefined;
  }

  private page(place: ThingPlace): ShownPage {
    const { deps } = this;
    const { connectionId, path } = place;
    const key = { kind: 'thing', of: place.kind, connectionId, path } as const satisfies PageKey;
    const refresh = (): void => deps.pages.refresh(key);
    const open = new OpenThing(place, deps, refresh);
    const rows = deps.onDidChangeRows((changed) => open.concerns(changed) && refresh());
    const unlisten = deps.ledger.onDidChange(() => {
      open.operationsChanged();
      refresh();
    });
    let ticks = 0;
    const ticking = setInterval(() => {
      ticks += 1;
      if (ticks % IDLE_TICKS === 0 || open.isRunning()) refresh();
    }, TICK_MS);
    return {
      key,
      title: open.label(),
      sharesPanel: true,
      content: () => open.content(),
      press: async (button) => {
        const action = actionOf(button);
        if (action) await this.act(action, open);
      },
      closed: () => {
        rows.dispose();
        unlisten();
        clearInterval(ticking);
        open.close();
      },
    };
  }

  private async act({ kind, value }: ThingAction, open: OpenThing): Promise<void> {
    const { deps } = this;
    const row = open.row();
    const commandRow = row ?? deps.paged.connection(open.place.connectionId);
    switch (kind) {
      case 'command':
        if (value === 'slipway.resources.refreshRow') await open.readAgain();
        else if (commandRow) await deps.run(value as CommandId, commandRow);
        return;
      case 'command-above':
        if (row) await deps.run(value as CommandId, row.parent);
        return;
      case 'look': {
        const place = placeOfRow(row);
        if (place && isLook(value)) await deps.show(value, place);
        return;
      }
      case 'operation':
        return deps.showOperation(value);
      case 'thing': {
        const other = deps.paged.thing(value);
        if (other) await this.show(other);
        return;
      }
      case 'copy':
        return copyText(value);
      case 'web':
        return openWebPage(value);
    }
  }
}

export function placeOf(row: PagedNode): ThingPlace {
  return { kind: row.kind, connectionId: connectionNodeOf(row).id, path: pathOf(row) };
}
