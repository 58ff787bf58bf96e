/** The place that was picked last in this workspace, offered again. */
import type { Memento } from 'vscode';
import type { NamedPlace } from './target-picks';

const KEY = 'slipway.lastPlace';

/** As it is kept: the connection and the kind by their ids. */
export interface KeptPlace extends NamedPlace {
  readonly connectionId: string;
  readonly kind: string;
}

export class LastPlace {
  /** @param memento of the workspace. */
  constructor(private readonly memento: Memento) {}

  get(): KeptPlace | undefined {
    return this.memento.get<KeptPlace>(KEY);
  }

  async remember({ connectionId, kind, path, label }: KeptPlace): Promise<void> {
    await this.memento.update(KEY, { connectionId, kind, path, label } satisfies KeptPlace);
  }
}
