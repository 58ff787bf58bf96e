/** Words in the sources that would reach users in English whatever their language is. */
import ts from 'typescript';
import { isMessageCall, placeOf, type Sources } from './message-calls';

/** What VS Code shows of the objects that it is given. */
const SHOWN = new Set(
  'title placeHolder prompt label detail description tooltip message saveLabel openLabel filters'.split(' '),
);
/** What users do not read: the log, errors that are a fault of the program, names for the program itself. */
const UNSEEN = /(^|\.)log(\.\w+)?$|^(\w+Error|Error|Symbol|inBackground)$/;

/** Each text of the rooms that speak to users that is not given to `l10n.t`. */
export function bareWords({ files }: Sources): readonly { readonly at: string; readonly words: string }[] {
  return files
    .filter(({ speaks }) => speaks)
    .flatMap(({ path, nodes }) =>
      nodes
        .filter((node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))
        .filter((node) => isWording(node) || (isShown(node) && /\p{L}/u.test(wordsOf(node))))
        .filter((node) => !isUnseen(node))
        .map((node) => ({ at: placeOf(path, node), words: wordsOf(node) })),
    );
}

type Text = ts.StringLiteralLike | ts.TemplateExpression;

/** Its own text, with `…` for each value in it. */
function wordsOf(text: Text): string {
  if (!ts.isTemplateExpression(text)) return text.text;
  return text.head.text + text.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

function isWording(text: Text): boolean {
  return /\p{L}[^…]*\s|\s[^…]*\p{L}/u.test(wordsOf(text));
}

function isShown(text: Text): boolean {
  const holder = ts.findAncestor(text.parent, (node) => !carriesOn(node));
  return holder !== undefined && ts.isPropertyAssignment(holder) && SHOWN.has(holder.name.getText());
}

/** Whether the value of a node may be the one of a part of it. */
function carriesOn(node: ts.Node): boolean {
  return (
    ts.isConditionalExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isTemplateSpan(node) ||
    ts.isTemplateExpression(node) ||
    (ts.isBinaryExpression(node) && !/^[!=]==$/.test(node.operatorToken.getText()))
  );
}

function isUnseen(text: Text): boolean {
  const call = ts.findAncestor(text.parent, isCall);
  if (call === undefined) return false;
  return (isMessageCall(call) && call.arguments[0] === text) || UNSEEN.test(call.expression.getText());
}

function isCall(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}
