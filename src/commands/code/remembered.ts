/** Answers that are offered again, kept for the workspace. */
import type { Memento } from 'vscode';

const KEY = 'slipway.prefixes';

/** The prefix that was used last in each bucket; without one, that of the settings. */
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
