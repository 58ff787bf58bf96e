/**
 * A page whose data, from AWS or from a Kubernetes cluster, are not kept current: they are read when the page is
 * first shown, and again only when the user presses a button.
 */
import type { Clock } from '../../model/clock';
import type { Connection } from '../../model/connection';
import { type Failure, failureOf } from '../../model/failure';
import { loginOf, runLogin } from '../../view/login';
import { copyText } from '../../view/message';
import type { Notifier } from '../../view/notify';
import type { ReadKey } from '../../view/pages/page-key';
import type { Pages, ShownPage } from '../../view/pages/panels';
import { READ_BUTTON as BUTTON, type ReadContent, readPage } from '../../view/pages/reads/read-page';
import { actionOf } from '../../view/pages/things/buttons';
import { connectionLabel } from '../../view/resources/kinds/connection';
import { openWebPage } from '../../view/web-page';

/**
 * Makes the content of the page for the time `now`, in epoch milliseconds: the content says how long ago
 * things happened.
 */
export type Found = (now: number) => ReadContent;

/** How the data of a page are read, and the titles of the page. */
export interface Reading {
  readonly key: ReadKey;
  readonly connection: Connection;
  /** The title of the tab: `Drain of …`. */
  readonly title: string;
  /** The kind of page, which is shown above the heading: `Drain`. */
  readonly kind: string;
  /** The name of the thing that the page is about: `prod / spot`. */
  readonly heading: string;
  /** True for pages that open from a row: all of them share one panel, until the user keeps the panel. */
  readonly sharesPanel?: boolean;
  read(signal: AbortSignal): Promise<Found>;
  /** Runs a button of the content. The result replaces the content; if it is undefined, the content stays. */
  press?(button: string): Promise<Found | undefined>;
}

export interface ReadDeps {
  readonly pages: Pick<Pages, 'show' | 'refresh'>;
  readonly notify: Pick<Notifier, 'words'>;
  readonly clock: Clock;
}

/** Milliseconds between two updates of "how long ago" on a page that is on the screen. */
const TICK_MS = 30_000;

export function readShown(reading: Reading, deps: ReadDeps): ShownPage {
  const open = new OpenReading(reading, deps);
  return {
    key: reading.key,
    title: reading.title,
    sharesPanel: reading.sharesPanel === true,
    content: () => open.content(),
    visible: (isVisible) => open.seen(isVisible),
    press: (button) => open.press(button),
    closed: () => open.close(),
  };
}

class OpenReading {
  private read: { readonly found: Found; readonly at: number } | undefined;
  private failure: Failure | undefined;
  private underWay: Promise<void> | undefined;
  private ticking: ReturnType<typeof setInterval> | undefined;
  private readonly closing = new AbortController();

  constructor(
    private readonly reading: Reading,
    private readonly deps: ReadDeps,
  ) {}

  content(): ReturnType<typeof readPage> {
    const { kind, heading, connection } = this.reading;
    const { clock, notify } = this.deps;
    const now = clock.now();
    return readPage(
      {
        kind,
        heading,
        connection: connectionLabel(connection),
        isReading: this.underWay !== undefined,
        ...(this.read && { read: { content: this.read.found(now), at: this.read.at } }),
        ...(this.failure && {
          failure: { why: notify.words(this.failure), canSignIn: loginOf(this.failure) !== undefined },
        }),
      },
      now,
    );
  }

  /**
   * Called when the page was shown or hidden. A page that is shown reads its data, unless it has data already
   * or its last read failed.
   */
  seen(isVisible: boolean): void {
    clearInterval(this.ticking);
    if (!isVisible) return;
    this.ticking = setInterval(() => this.changed(), TICK_MS);
    if (!this.read && !this.failure) void this.readNow();
  }

  async press(button: string): Promise<void> {
    switch (button) {
      case BUTTON.refresh:
      case BUTTON.tryAgain:
        return this.readNow();
      case BUTTON.signIn: {
        const login = this.failure && loginOf(this.failure);
        if (login === undefined) return;
        await runLogin(login);
        return this.readNow();
      }
    }
    const action = actionOf(button);
    if (action?.kind === 'copy') return copyText(action.value);
    if (action?.kind === 'web') return openWebPage(action.value);
    const found = await this.reading.press?.(button);
    if (found) this.found(found);
  }

  /** Called when the page was closed. */
  close(): void {
    clearInterval(this.ticking);
    this.closing.abort();
  }

  private readNow(): Promise<void> {
    this.underWay ??= this.reading
      .read(this.closing.signal)
      .then(
        (found) => this.found(found),
        (thrown: unknown) => {
          this.failure = failureOf(thrown);
        },
      )
      .finally(() => {
        this.underWay = undefined;
        this.changed();
      });
    this.changed();
    return this.underWay;
  }

  private found(found: Found): void {
    this.read = { found, at: this.deps.clock.now() };
    this.failure = undefined;
    this.changed();
  }

  private changed(): void {
    this.deps.pages.refresh(this.reading.key);
  }
}
