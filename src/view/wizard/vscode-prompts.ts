/** The questions of a wizard as VS Code asks them: quick picks and input boxes. */
import * as vscode from 'vscode';
import { present } from '../../model/present';
import { labelText, messageText, rowText } from '../shown';
import { Highlight, mayShow } from './highlight';
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
  readonly isTyped?: boolean;
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
      ...present({
        description: choice.description && rowText(choice.description),
        detail: choice.detail && rowText(choice.detail),
        alwaysShow: choice.always,
      }),
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
 * The row made from the typed text. VS Code moves rows with matching labels up, and the typed text would match best.
 * The label is therefore only an icon, so that the row stays below all others.
 */
function typedRow<T>(choice: Choice<T>): Row<T> {
  const words = [choice.label, choice.description].filter((text) => text !== undefined).join(' · ');
  const row = {
    label: `$(${choice.icon ?? 'edit'})`,
    description: rowText(words),
    alwaysShow: true,
    choice,
    isTyped: true,
  };
  return choice.detail === undefined ? row : { ...row, detail: rowText(choice.detail) };
}

/** Shows a quick pick and fills its rows, at once or as they are loaded. */
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
  let choices: readonly Choice<T>[] = [];
  let shown: readonly Row<T>[] = [];
  /** The reasons why choices could not be accepted, by the label of the choice. */
  const problems = new Map<string, string>();
  let isLoading = false;
  let isVerifying = false;

  const showBusy = (): void => {
    pick.busy = isLoading || isVerifying;
  };

  const withProblem = (choice: Choice<T>): Choice<T> => {
    const detail = problems.get(choice.label);
    return detail === undefined ? choice : { ...choice, detail, icon: 'error' };
  };

  /**
   * VS Code reports the chosen row by its position. If rows moved before VS Code handles Enter, another row would be
   * chosen. Rows that appear and disappear therefore come last.
   */
  const show = (): void => {
    const rows = rowsOf(choices.map(withProblem));
    const typed = pick.value === '' ? undefined : question.typed?.(pick.value);
    if (typed && !choices.some(({ label }) => label === typed.label)) rows.push(typedRow(withProblem(typed)));
    shown =
      rows.length === 0 && !isLoading && question.empty !== undefined
        ? [{ label: rowText(question.empty), alwaysShow: true }]
        : rows;
    pick.items = shown;
  };

  const highlight = new Highlight<T>(question.active);
  let hasAsked = false;

  const askFor = (row: Row<T> | undefined): void => {
    if (row === undefined) return;
    hasAsked = true;
    pick.activeItems = [row];
  };

  /**
   * If the user has typed on, VS Code may already hide the row that it is asked to highlight. It then highlights none,
   * and Enter would do nothing. When it is given the rows again, it highlights the first that it shows.
   */
  const replaceHidden = (active: readonly Row<T>[]): void => {
    if (!hasAsked || active.length > 0) return;
    highlight.forget();
    show();
  };

  const fill = (found: readonly Choice<T>[]): void => {
    const [active] = pick.activeItems;
    choices = found;
    show();
    askFor(highlight.among(shown, active, pick.value));
    highlight.beganWith(pick.activeItems[0] ?? shown.find(({ choice }) => choice));
    if (many) {
      pick.selectedItems = shown.filter(({ choice }) => choice !== undefined && many.picked(choice.value));
    }
  };

  /**
   * The chosen rows that the typed text does not filter out. If there are none, or if one of them was made from
   * typed text, the result is the row made from the text as it is now, or empty if that text makes no row.
   */
  const chosenRows = (): readonly Row<T>[] => {
    const rows = pick.selectedItems.filter(
      (row) => row.choice !== undefined && (many || mayShow(row, pick.value)),
    );
    if (rows.length > 0 && !rows.some(({ isTyped }) => isTyped)) return rows;
    const typed = question.typed?.(pick.value);
    return typed ? [typedRow(typed)] : [];
  };

  /** True if the choice is accepted. Otherwise its row says why not. */
  const isAccepted = async ([row]: readonly Row<T>[]): Promise<boolean> => {
    const choice = row?.choice;
    if (question.verify === undefined || choice === undefined) return true;
    isVerifying = true;
    showBusy();
    try {
      const problem = await question.verify(choice.value, leaving.signal);
      if (problem === undefined) return true;
      problems.set(choice.label, problem);
    } finally {
      isVerifying = false;
      showBusy();
    }
    show();
    const refused = shown.find((row) => row.choice?.label === choice.label);
    // If the user has typed more in the meantime, the row may be gone: VS Code then keeps a highlight of its
    // own.
    askFor(refused);
    return false;
  };

  return new Promise<Answer<R>>((resolve, reject) => {
    const listeners = [
      pick,
      pick.onDidTriggerButton((button) => button === vscode.QuickInputButtons.Back && resolve(BACK)),
      pick.onDidHide(() => resolve(LEFT)),
      pick.onDidChangeActive(replaceHidden),
      pick.onDidAccept(() => {
        if (isVerifying) return;
        const chosen = chosenRows();
        const answer = take(chosen);
        // While rows are loading, a single choice or typed text is an answer, but the checked rows of a list are
        // no answer yet.
        if (answer === undefined || (isLoading && many)) return;
        isAccepted(chosen).then((accepted) => accepted && resolve(answer), reject);
      }),
      ...(question.typed ? [pick.onDidChangeValue(show)] : []),
    ];
    leaving.signal.addEventListener('abort', () => vscode.Disposable.from(...listeners).dispose());
    if (typeof question.choices === 'function') {
      isLoading = true;
      showBusy();
      pick.keepScrollPosition = true;
      const showSoFar = (found: readonly Choice<T>[]): void => {
        if (!leaving.signal.aborted && !many) fill(found);
      };
      question.choices(leaving.signal, showSoFar).then((found) => {
        isLoading = false;
        showBusy();
        fill(found);
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
