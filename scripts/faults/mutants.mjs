// Every deliberate fault that can be put into a source file, found in its syntax tree: types, comments, imports and
// names are left alone. AssemblyScript is read as the TypeScript that it looks like.
import ts from 'typescript';

const { SyntaxKind: Kind } = ts;

/** What stands for an operator: its neighbours, the ones that are mistaken for it. */
const OPERATORS = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
  '+=': ['-='],
  '-=': ['+='],
  '|=': ['&='],
  '&=': ['|='],
  '^=': ['&='],
};

/** @typedef {{ line: number, start: number, end: number, put: string }} Mutant text from `start` to `end` becomes `put` */

/**
 * @param {string} text of a source file
 * @returns {Mutant[]} in the order of the file
 */
export function mutantsOf(text) {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (node, put) => {
    const start = node.getStart(source);
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ line, start, end: node.getEnd(), put });
  };
  const visit = (node) => {
    if (isTypeOrName(node)) return;
    for (const put of changesOf(node, source)) add(node, put);
    const [operator, puts] = operatorOf(node, source);
    for (const put of puts) add(operator, put);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What has no meaning when the program runs, or only the one of a name. */
function isTypeOrName(node) {
  return (
    ts.isTypeNode(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isTypeParameterDeclaration(node)
  );
}

function operatorOf(node, source) {
  if (!ts.isBinaryExpression(node)) return [undefined, []];
  const operator = node.operatorToken;
  return [operator, OPERATORS[operator.getText(source)] ?? []];
}

/** What may stand where a node stands. */
function changesOf(node, source) {
  const text = node.getText(source);
  switch (node.kind) {
    case Kind.TrueKeyword:
      return ['false'];
    case Kind.FalseKeyword:
      return ['true'];
    case Kind.NumericLiteral:
      return numberChanges(node, text);
    case Kind.StringLiteral:
      return ts.isExpressionStatement(node.parent) ? [] : stringChanges(node, text);
    case Kind.PrefixUnaryExpression:
      return node.operator === Kind.ExclamationToken ? [node.operand.getText(source)] : [];
    case Kind.ExpressionStatement:
      return [';'];
    case Kind.ContinueStatement:
    case Kind.BreakStatement:
      return ts.isCaseOrDefaultClause(node.parent) ? [] : [';'];
    default:
      return isCondition(node) ? ['true', 'false'] : [];
  }
}

/** A condition made always true or always false; loops that would never end are left out. */
function isCondition(node) {
  const { parent } = node;
  if (parent === undefined) return false;
  if (node.kind === Kind.TrueKeyword || node.kind === Kind.FalseKeyword) return false;
  return (
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node)
  );
}

function numberChanges(node, text) {
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(value) || ts.isPropertyAssignment(node.parent)) return [];
  return [String(value === 0 ? 1 : value + 1)];
}

/** A word becomes another word; in a property's name, a case or a type nothing is changed. */
function stringChanges(node, text) {
  const { parent } = node;
  if (ts.isLiteralTypeNode(parent) || (ts.isPropertyAssignment(parent) && parent.name === node))
    return [];
  return text.length > 2 ? ["''"] : ["'?'"];
}
