import { relative } from "node:path";
import ts from "typescript";

const LANGUAGES = "src/i18n/languages/";
const DICTIONARY = `${LANGUAGES}fr.ts`;

/** The paths of the dictionary's sentences that no module of the console reads. */
export function unusedSentences(): string[] {
  const program = programOf("tsconfig.json");
  const checker = program.getTypeChecker();
  const sources = program
    .getSourceFiles()
    .map((source): [string, ts.SourceFile] => [relative(".", source.fileName), source])
    .filter(
      ([path]) => path.startsWith("src/") && (path === DICTIONARY || !path.startsWith(LANGUAGES)),
    );
  const used = new Set<ts.Node>();
  const declared: ts.PropertyAssignment[] = [];
  for (const [path, source] of sources) {
    if (path === DICTIONARY) walk(source, (node) => collect(node, declared));
    else walk(source, (node) => readsOf(node, checker).forEach((read) => void used.add(read)));
  }
  return declared
    .filter((property) => !used.has(property))
    .map(pathOf)
    .filter((path) => path.startsWith("sentences."));
}

function programOf(path: string): ts.Program {
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  return ts.createProgram(fileNames, options);
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

function collect(node: ts.Node, sentences: ts.PropertyAssignment[]): void {
  if (ts.isPropertyAssignment(node) && !ts.isObjectLiteralExpression(node.initializer))
    sentences.push(node);
}

/** Where what is read here was declared; under a key that is computed, all that it might be. */
function readsOf(node: ts.Node, checker: ts.TypeChecker): ts.Node[] {
  const all = (whole: ts.Node) =>
    declarations(checker.getTypeAtLocation(whole).getProperties()).flatMap(within);
  if (ts.isPropertyAccessExpression(node))
    return declarations([checker.getSymbolAtLocation(node.name)]);
  if (ts.isElementAccessExpression(node)) return all(node.expression);
  if (ts.isVariableDeclaration(node) && node.type && node.initializer) return all(node.initializer);
  if (!ts.isBindingElement(node)) return [];
  const name = (node.propertyName ?? node.name).getText();
  return declarations([checker.getTypeAtLocation(node.parent).getProperty(name)]);
}

function declarations(symbols: (ts.Symbol | undefined)[]): ts.Node[] {
  return symbols.flatMap((symbol) => symbol?.declarations ?? []);
}

function within(node: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  walk(node, (inner) => void nodes.push(inner));
  return nodes;
}

function pathOf(node: ts.Node): string {
  const parent = node.parent && !ts.isSourceFile(node.parent) ? pathOf(node.parent) : "";
  const named = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node);
  return named ? `${parent}${parent && "."}${node.name.getText()}` : parent;
}
