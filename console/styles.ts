import postcss, { AtRule, type ChildNode } from "postcss";
import type { Plugin, Rolldown } from "vite";

/** How Mantine names the classes of its parts; a part that is not bundled has none of its in a script. */
const PART = /m_[0-9a-f]{6,8}/g;

/** Leaves out the rules of Mantine's parts that no script of the build has: half of its style sheet. */
export function usedStyles(): Plugin {
  return {
    name: "used-styles",
    enforce: "post",
    apply: "build",
    generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const used = new Set(files.flatMap((file) => (file.type === "chunk" ? partsIn(file) : [])));
      for (const file of files) {
        if (file.type !== "asset" || !file.fileName.endsWith(".css")) continue;
        file.source = withoutUnused(String(file.source), used);
      }
    },
  };
}

function partsIn({ code }: Rolldown.OutputChunk): string[] {
  return code.match(PART) ?? [];
}

/** A style sheet without the selectors that name a part that is not `used`. */
export function withoutUnused(source: string, used: ReadonlySet<string>): string {
  const sheet = postcss.parse(source);
  const isUsed = (selector: string) => (selector.match(PART) ?? []).every((part) => used.has(part));
  sheet.walkRules((rule) => {
    const kept = rule.selectors.filter(isUsed);
    if (kept.length === rule.selectors.length) return;
    if (kept.length > 0) rule.selectors = kept;
    else withAround(rule).remove();
  });
  return sheet.toString();
}

/** What goes with a rule: the conditions that stand around it alone. */
function withAround(node: ChildNode): ChildNode {
  const { parent } = node;
  return parent instanceof AtRule && parent.nodes?.length === 1 ? withAround(parent) : node;
}
