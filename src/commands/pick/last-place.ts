/** The place that was last picked in this workspace, which is offered again. */
import type { Memento } from 'vscode';
import type { NamedPlace } from './target-picks';

const KEY = 'slipway.lastPlace';

/** The stored form: the connection and the kind by their ids. */
export interface KeptPlace extends NamedPlace {
  readonly connectionId: string;
  readonly kind: string;
}

export class LastPlace {
  /** @param memento the storage of the workspace */
  constructor(private readonly memento: Memento) {}

  get(): KeptPlace | undefined {
    return this.memento.get<KeptPlace>(KEY);
  }

  async remember({ connectionId, kind, path, label }: KeptPlace): Promise<void> {
    await this.memento.update(KEY, { connectionId, kind, path, label } satisfies KeptPlace);
  }
}
