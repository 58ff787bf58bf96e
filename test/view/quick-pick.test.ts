/** The highlight of a quick pick whose rows arrive while the user types, and Slipway learns late what was typed. */
import { expect, test, vi } from 'vitest';
import type { Choice, PickQuestion } from '../../src/view/wizard/prompts';
import { vscodePrompts } from '../../src/view/wizard/vscode-prompts';
import { EventEmitter, window } from './window-stand-in';

const nothing = (): void => undefined;

interface Item {
  readonly label: string;
}

/**
 * A quick pick as VS Code draws it: it filters by what stands in the box, and highlights the first row that it shows
 * whenever it is given rows or text; none if it is told to highlight a row that it hides. Slipway knows of the text
 * and of the highlight what {@link tell} has told it.
 */
class DrawnPick {
  private readonly valueTold = new EventEmitter<string>();
  private readonly activeTold = new EventEmitter<readonly Item[]>();
  private readonly accepted = new EventEmitter<void>();
  private readonly hidden = new EventEmitter<void>();
  readonly onDidChangeValue = this.valueTold.event;
  readonly onDidChangeActive = this.activeTold.event;
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;
  readonly onDidTriggerButton = new EventEmitter<unknown>().event;
  value = '';
  selectedItems: readonly Item[] = [];
  private text = '';
  private drawn: readonly Item[] = [];
  private known: readonly Item[] = [];
  highlighted: readonly Item[] = [];

  get activeItems(): readonly Item[] {
    return this.known;
  }

  set activeItems(items: readonly Item[]) {
    this.known = items;
    this.highlighted = items.filter((item) => this.shows(item));
  }

  set items(items: readonly Item[]) {
    this.drawn = items;
    this.highlightFirst();
  }

  typeText(text: string): void {
    this.text = text;
    this.highlightFirst();
  }

  moveTo(label: string): void {
    this.highlighted = this.drawn.filter((item) => item.label === label);
  }

  /** @param highlighted Default: the row that is highlighted now. */
  tell(highlighted = this.highlighted): void {
    this.value = this.text;
    this.valueTold.fire(this.value);
    this.known = highlighted;
    this.activeTold.fire(this.known);
  }

  leave(): void {
    this.hidden.fire();
  }

  readonly show = nothing;
  readonly dispose = nothing;

  private shows({ label }: Item): boolean {
    return label.includes(this.text);
  }

  private highlightFirst(): void {
    this.highlighted = this.drawn.filter((item) => this.shows(item)).slice(0, 1);
  }
}

const choice = (label: string): Choice<string> => ({ label, value: label });

/** Asks a question, gives its rows by `show`, and leaves it at the end. */
async function asked(
  act: (pick: DrawnPick, show: (labels: readonly string[]) => void) => void,
  question: Partial<PickQuestion<string>> = {},
): Promise<void> {
  const pick = new DrawnPick();
  const create = vi.spyOn(window, 'createQuickPick').mockReturnValue(pick as never);
  try {
    let give: (soFar: readonly Choice<string>[]) => void = nothing;
    const answer = vscodePrompts.pick(
      { title: '', step: 1, totalSteps: 1, canGoBack: false },
      {
        placeholder: '',
        choices: (_, show) => {
          give = show;
          return new Promise(() => undefined);
        },
        ...question,
      },
    );
    act(pick, (labels) => give(labels.map(choice)));
    pick.leave();
    await answer;
  } finally {
    create.mockRestore();
  }
}

test('a row that matches is highlighted, though more rows came for the text of a moment ago', async () => {
  await asked((pick, show) => {
    show(['tick', 'pricing']);
    pick.typeText('pri');
    pick.tell();
    pick.typeText('in');
    const before = pick.highlighted;
    pick.typeText('ingest');
    show(['tick', 'pricing', 'ingest-arm']);
    pick.tell(before);
    pick.tell();
    expect(pick.highlighted).toMatchObject([{ label: 'ingest-arm' }]);
    show(['tick', 'pricing', 'ingest-arm', 'ingest']);
    pick.tell();
    expect(pick.highlighted).toMatchObject([{ label: 'ingest-arm' }]);
  });
});

test('so is one where the row to begin with arrives after another was typed for', async () => {
  await asked(
    (pick, show) => {
      show(['tick']);
      pick.typeText('pri');
      show(['tick', 'rdb', 'pricing']);
      pick.tell();
      expect(pick.highlighted).toMatchObject([{ label: 'pricing' }]);
    },
    { active: (value) => value === 'rdb' },
  );
});

test('a row that the user has moved to keeps the highlight while rows arrive', async () => {
  await asked((pick, show) => {
    show(['tick', 'pricing']);
    pick.moveTo('pricing');
    pick.tell();
    show(['rdb', 'tick', 'pricing']);
    pick.tell();
    expect(pick.highlighted).toMatchObject([{ label: 'pricing' }]);
  });
});
