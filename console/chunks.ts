import { resolve } from "node:path";
import type { Rolldown } from "vite";

/** The module that fetches each page when it is first opened. */
const PAGES = resolve("src/shell/pages.tsx");

/**
 * Two files, which compress better than one for each page: 245 KB in all instead of 280.
 * `first` is what the entry imports, itself or by what it imports; the bundler tells it name by
 * name, so that a barrel like Mantine's brings in only what is used. `later` is what the other pages
 * need besides. Whatever else is imported dynamically, such as a language, has a file of its own.
 */
export function chunkGroups(): Rolldown.CodeSplittingGroup[] {
  let ofPages: Set<string> | undefined;
  return [
    { name: "first", tags: ["$initial"], priority: 1 },
    {
      name: (id, graph) => {
        ofPages ??= reachedFrom(graph.getModuleInfo(PAGES)?.dynamicallyImportedIds ?? [], graph);
        return ofPages.has(id) ? "later" : null;
      },
      debugName: "later",
    },
  ];
}

/** These modules with all that they import statically, themselves or by what they import. */
function reachedFrom(start: readonly string[], graph: Rolldown.ChunkingContext): Set<string> {
  const reached = new Set(start);
  // A set yields what is added to it while it is read.
  for (const id of reached)
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) reached.add(next);
  return reached;
}
