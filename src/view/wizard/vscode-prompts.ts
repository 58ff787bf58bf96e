/** The questions of a wizard as VS Code asks them: quick picks and input boxes. */
import * as vscode from 'vscode';
import { labelText, messageText, rowText } from '../shown';
import {
  type Answer,
  BACK,
  type Choice,
  type Heading,
  LEFT,
  type PickQuestion,
  type Prompts,
} from './prompts';

interface Row<T> extends vscode.QuickPickItem {
  readonly choice?: Choice<T>;
}

function rowsOf<T>(choices: readonly Choice<T>[]): Row<T>[] {
  const rows: Row<T>[] = [];
  let group: string | undefined;
  for (const choice of choices) {
    if (choice.group !== undefined && choice.group !== group) {
      group = choice.group;
      rows.push({ label: labelText(group), kind: vscode.QuickPickItemKind.Separator });
    }
    rows.push({
      label: choice.icon === undefined ? rowText(choice.label) : `$(${choice.icon}) ${rowText(choice.label)}`,
      ...(choice.description !== undefined && { description: rowText(choice.description) }),
      ...(choice.detail !== undefined && { detail: rowText(choice.detail) }),
      ...(choice.always === true && { alwaysShow: true }),
      choice,
    });
  }
  return rows;
}

function dress(
  input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] },
  heading: Heading,
): void {
  input.title = labelText(heading.title);
  input.step = heading.step;
  input.totalSteps = heading.totalSteps;
  input.ignoreFocusOut = true;
  input.buttons = heading.canGoBack ? [vscode.QuickInputButtons.Back] : [];
}

/**
 * Stands where a typed row may come and go. VS Code names the chosen row by its place in the list as the window has it:
 * if rows moved while Enter is on its way, another one would be taken.
 */
const GAP = { label: '', kind: vscode.QuickPickItemKind.Separator } as const;

/** Shows a quick pick and fills its rows, now or when they have been fetched. */
function showPick<T, R>(
  heading: Heading,
  question: PickQuestion<T>,
  many: { readonly picked: (value: T) => boolean } | undefined,
  take: (rows: readonly Row<T>[]) => R | undefined,
): Promise<Answer<R>> {
  const pick = vscode.window.createQuickPick<Row<T>>();
  dress(pick, heading);
  pick.placeholder = labelText(question.placeholder);
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.canSelectMany = many !== undefined;
  const leaving = new AbortController();
  let fixed: Row<T>[] = [];

  const show = (): void => {
    const extra = pick.value === '' ? undefined : question.typed?.(pick.value);
    const isThere = fixed.some(({ choice }) => choice !== undefined && choice.label === extra?.label);
    const first = extra && !isThere ? rowsOf([{ ...extra, always: true }]) : [GAP];
    pick.items = question.typed ? [...first, ...fixed] : fixed;
  };

  const fill = (choices: readonly Choice<T>[]): void => {
    fixed = rowsOf(choices);
    if (fixed.length === 0 && question.empty !== undefined) {
      fixed = [{ label: rowText(question.empty), alwaysShow: true }];
    }
    show();
    const wanted = question.active;
    const active = wanted && fixed.find((row) => row.choice !== undefined && wanted(row.choice.value));
    // Whoever has typed already is looking for something else.
    if (active && pick.value === '') pick.activeItems = [active];
    if (many)
      pick.selectedItems = fixed.filter((row) => row.choice !== undefined && many.picked(row.choice.value));
  };

  return new Promise<Answer<R>>((resolve, reject) => {
    const listeners = [
      pick,
      pick.onDidTriggerButton((button) => button === vscode.QuickInputButtons.Back && resolve(BACK)),
      pick.onDidHide(() => resolve(LEFT)),
      pick.onDidAccept(() => {
        const chosen = pick.selectedItems.filter((row) => row.choice !== undefined);
        const typed = chosen.length === 0 ? question.typed?.(pick.value) : undefined;
        const answer = take(typed ? rowsOf([typed]) : chosen);
        // While rows are on their way, what was typed can be taken, but not that nothing is ticked.
        if (answer !== undefined && !(pick.busy && many)) resolve(answer);
      }),
      ...(question.typed ? [pick.onDidChangeValue(show)] : []),
    ];
    leaving.signal.addEventListener('abort', () => vscode.Disposable.from(...listeners).dispose());
    if (typeof question.choices === 'function') {
      pick.busy = true;
      question.choices(leaving.signal).then((choices) => {
        pick.busy = false;
        fill(choices);
      }, reject);
    } else {
      fill(question.choices);
    }
    pick.show();
  }).finally(() => leaving.abort());
}

function showWait<T>(
  heading: Heading,
  words: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick();
  dress(pick, heading);
  pick.placeholder = labelText(words);
  pick.busy = true;
  const leaving = new AbortController();
  let listeners: vscode.Disposable[] = [];
  return new Promise<Answer<T>>((resolve, reject) => {
    listeners = [
      pick,
      pick.onDidTriggerButton((button) => button === vscode.QuickInputButtons.Back && resolve(BACK)),
      pick.onDidHide(() => resolve(LEFT)),
    ];
    work(leaving.signal).then(resolve, reject);
    pick.show();
  }).finally(() => {
    leaving.abort();
    vscode.Disposable.from(...listeners).dispose();
  });
}

export const vscodePrompts: Prompts = {
  pick: (heading, question) => showPick(heading, question, undefined, (rows) => rows[0]?.choice?.value),

  pickMany: (heading, question) =>
    showPick(heading, question, question, (rows) =>
      rows.flatMap((row) => (row.choice === undefined ? [] : [row.choice.value])),
    ),

  wait: showWait,

  input(heading, question) {
    const box = vscode.window.createInputBox();
    dress(box, heading);
    box.prompt = messageText(question.prompt);
    box.value = question.value ?? '';
    if (question.placeholder !== undefined) box.placeholder = labelText(question.placeholder);
    const validate = (text: string): string | undefined => {
      const complaint = question.check?.(text);
      return complaint === undefined ? undefined : messageText(complaint);
    };
    let listeners: vscode.Disposable[] = [];
    return new Promise<Answer<string>>((resolve) => {
      listeners = [
        box,
        box.onDidTriggerButton((button) => button === vscode.QuickInputButtons.Back && resolve(BACK)),
        box.onDidHide(() => resolve(LEFT)),
        box.onDidChangeValue((text) => {
          box.validationMessage = validate(text);
        }),
        box.onDidAccept(() => {
          box.validationMessage = validate(box.value);
          if (box.validationMessage === undefined) resolve(box.value);
        }),
      ];
      box.show();
    }).finally(() => vscode.Disposable.from(...listeners).dispose());
  },
};
