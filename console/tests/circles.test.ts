import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const SOURCES = ts.sys.readDirectory("src", [".ts", ".tsx"]).map((path) => relative(".", path));

/** The modules of ours that a module imports, types included, and those it finds by a pattern. */
function importsOf(path: string): string[] {
  const text = readFileSync(path, "utf8");
  const named = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
  const stems = named
    .filter((name) => name.startsWith("."))
    .map((name) => join(dirname(path), name));
  const patterns = [...text.matchAll(/import\.meta\.glob[^"]*"\.\/([\w/]+)\/\*/g)];
  const folders = patterns.map(([, folder = ""]) => join(dirname(path), folder));
  return SOURCES.filter(
    (source) => stems.includes(source.replace(/\.tsx?$/, "")) || folders.includes(dirname(source)),
  );
}

function circlesOf(graph: Map<string, string[]>): string[][] {
  const done = new Set<string>();
  const circles: string[][] = [];
  const visit = (path: string, above: string[]) => {
    if (above.includes(path)) circles.push([...above.slice(above.indexOf(path)), path]);
    if (done.has(path)) return;
    done.add(path);
    for (const next of graph.get(path) ?? []) visit(next, [...above, path]);
  };
  for (const path of graph.keys()) visit(path, []);
  return circles;
}

it("no module imports itself by way of others, not even for a type", () => {
  const graph = new Map(SOURCES.map((path) => [path, importsOf(path)]));

  expect(circlesOf(graph)).toEqual([]);
  expect(graph.get("src/documents/registry.ts")).toContain("src/documents/types/invoice.tsx");
});
