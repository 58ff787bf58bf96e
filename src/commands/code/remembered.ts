/** Remembers, in the workspace, which prefixes deployments used. */
import type { Memento } from 'vscode';

const KEY = 'slipway.prefixes';

/** The prefix that was last used in each bucket; for a new bucket, the prefix in the settings. */
export class RememberedPrefixes {
  constructor(
    private readonly memento: Memento,
    private readonly usual: () => string,
  ) {}

  of(bucket: string): string {
    return this.all()[bucket] ?? this.usual();
  }

  async remember(bucket: string, prefix: string): Promise<void> {
    await this.memento.update(KEY, { ...this.all(), [bucket]: prefix });
  }

  private all(): Readonly<Record<string, string>> {
    return this.memento.get<Record<string, string>>(KEY, {});
  }
}
