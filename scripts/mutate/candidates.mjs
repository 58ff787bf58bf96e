// Every small fault that could be put into a file: the places come from its syntax, the values from its types.
import ts from 'typescript';

/**
 * @typedef {'negate a condition' | 'move a boundary' | 'remove a call' | 'remove a guard' | 'change what is returned'} Operator
 */

/**
 * @typedef {object} Mutant
 * @property {string} file
 * @property {number} line Counted from 1.
 * @property {Operator} operator
 * @property {number} start
 * @property {number} end
 * @property {string} original
 * @property {string | undefined} replacement Undefined where a statement is taken out.
 */

/** @type {ReadonlyMap<ts.SyntaxKind, string>} */
const BOUNDARIES = new Map([
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
]);
/** @type {ReadonlyMap<ts.SyntaxKind, string>} */
const EQUALITIES = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
]);
/** @type {ReadonlySet<ts.SyntaxKind>} */
const LOGICAL = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

/**
 * What runs while a module is loaded is left out: no test can look at it before and after.
 * @param {readonly string[]} files Absolute paths.
 * @returns {Mutant[]} In the order of files and places.
 */
export function candidates(files) {
  const program = ts.createProgram([...files], {
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(`${file} cannot be read`);
    return ofSource(source, checker);
  });
}

/** @param {ts.SourceFile} source @param {ts.TypeChecker} checker */
function ofSource(source, checker) {
  /** @type {Mutant[]} */
  const found = [];
  visit(source, false);
  return found;

  /** @param {ts.Node} node @param {boolean} runs Whether it is inside of a function. */
  function visit(node, runs) {
    if (ts.isTypeNode(node)) return;
    const inside = runs || ts.isFunctionLike(node);
    if (inside)
      for (const [operator, at, replacement] of faultsAt(node, checker)) add(operator, at, replacement);
    ts.forEachChild(node, (child) => visit(child, inside));
  }

  /** @param {Operator} operator @param {ts.Node} at @param {string | undefined} replacement */
  function add(operator, at, replacement) {
    const start = at.getStart(source);
    const { line } = source.getLineAndCharacterOfPosition(start);
    const place = { file: source.fileName, line: line + 1, start, end: at.end, original: at.getText(source) };
    if (place.original !== replacement) found.push({ ...place, operator, replacement });
  }
}

/**
 * @param {ts.Node} node @param {ts.TypeChecker} checker
 * @returns {[Operator, ts.Node, string | undefined][]}
 */
function faultsAt(node, checker) {
  if (ts.isBinaryExpression(node)) return ofBinary(node);
  if (ts.isConditionalExpression(node)) return [negated(node.condition)];
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return [negated(node.expression)];
  if (ts.isForStatement(node)) return node.condition ? [negated(node.condition)] : [];
  if (ts.isIfStatement(node)) {
    const guards = node.elseStatement === undefined && leaves(node.thenStatement);
    return [negated(node.expression), ...(guards ? [takenOut('remove a guard', node)] : [])];
  }
  if (ts.isExpressionStatement(node)) return isCall(node.expression) ? [takenOut('remove a call', node)] : [];
  if (ts.isReturnStatement(node)) return node.expression ? returned(node.expression, checker) : [];
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return returned(node.body, checker);
  return [];
}

/** @param {ts.BinaryExpression} node @returns {[Operator, ts.Node, string][]} */
function ofBinary(node) {
  const [left, right] = [node.left.getText(), node.right.getText()];
  const { kind } = node.operatorToken;
  const boundary = BOUNDARIES.get(kind);
  if (boundary !== undefined) return [['move a boundary', node, `${left} ${boundary} ${right}`]];
  const equality = EQUALITIES.get(kind);
  if (equality !== undefined)
    return isCondition(node) ? [] : [['negate a condition', node, `${left} ${equality} ${right}`]];
  if (!LOGICAL.has(kind)) return [];
  return [
    ['remove a guard', node, left],
    ['remove a guard', node, right],
  ];
}

/** @param {ts.Expression} condition @returns {[Operator, ts.Node, string]} */
const negated = (condition) => ['negate a condition', condition, `!(${condition.getText()})`];

/** @param {Operator} operator @param {ts.Statement} statement @returns {[Operator, ts.Node, undefined]} */
const takenOut = (operator, statement) => [operator, statement, undefined];

/** Whether it is negated as a whole already. @param {ts.Node} node */
function isCondition(node) {
  const { parent } = node;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) return true;
  return (ts.isConditionalExpression(parent) || ts.isForStatement(parent)) && parent.condition === node;
}

/** @param {ts.Expression} expression @returns {boolean} */
function isCall(expression) {
  if (ts.isAwaitExpression(expression) || ts.isVoidExpression(expression))
    return isCall(expression.expression);
  return ts.isCallExpression(expression) && expression.expression.kind !== ts.SyntaxKind.SuperKeyword;
}

/** @param {ts.Statement} statement @returns {boolean} */
function leaves(statement) {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return (
    last !== undefined &&
    (ts.isReturnStatement(last) ||
      ts.isThrowStatement(last) ||
      ts.isContinueStatement(last) ||
      ts.isBreakStatement(last))
  );
}

/** @param {ts.Expression} value @param {ts.TypeChecker} checker @returns {[Operator, ts.Node, string][]} */
function returned(value, checker) {
  const type = checker.getTypeAtLocation(value);
  const { flags } = type;
  if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never)) return [];
  if (flags & ts.TypeFlags.Void) return [['remove a call', value, 'undefined']];
  const other = otherValue(type, checker, value);
  return other === undefined ? [] : [['change what is returned', value, other]];
}

/** @param {ts.Type} type @param {ts.TypeChecker} checker @param {ts.Expression} value */
function otherValue(type, checker, value) {
  const text = value.getText();
  if (value.kind === ts.SyntaxKind.TrueKeyword) return 'false';
  if (value.kind === ts.SyntaxKind.FalseKeyword) return 'true';
  if (isAll(type, ts.TypeFlags.BooleanLike)) return `!(${text})`;
  if (isAll(type, ts.TypeFlags.NumberLike)) return `(${text}) + 1`;
  if (isAll(type, ts.TypeFlags.StringLike)) return /^(''|``)$/.test(text) ? "'mutant'" : "''";
  if (checker.isArrayLikeType(type)) return '[]';
  return 'undefined';
}

/** @param {ts.Type} type @param {ts.TypeFlags} kind */
const isAll = (type, kind) => (type.isUnion() ? type.types : [type]).every(({ flags }) => flags & kind);
