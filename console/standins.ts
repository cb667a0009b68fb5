import type { Plugin } from "vite";

interface StandIn {
  source: RegExp;
  importer: RegExp;
  code: string;
}

const STAND_INS: StandIn[] = [
  {
    // Asked for its name only, to see whether it is the one that scrolls; here it never is.
    source: /\/ScrollArea\.mjs$/,
    importer: /\/(Modal|Drawer)Root\.mjs$/,
    code: "export const ScrollArea = { Autosize: null };",
  },
  {
    // For React 17; later ones have it.
    source: /^use-sync-external-store\/shim/,
    importer: /\/wouter\//,
    code: 'export { useSyncExternalStore } from "react";',
  },
];
const MARK = "\0stand-in:";

/** Puts a line in the place of modules that libraries import and that do nothing here. */
export function standIns(): Plugin {
  const used = new Set<StandIn>();
  return {
    name: "stand-ins",
    apply: "build",
    enforce: "pre",
    resolveId(source, importer = "") {
      const found = STAND_INS.find((one) => one.source.test(source) && one.importer.test(importer));
      if (found === undefined) return undefined;
      used.add(found);
      return MARK + STAND_INS.indexOf(found);
    },
    load(id) {
      return id.startsWith(MARK) ? STAND_INS[Number(id.slice(MARK.length))]?.code : undefined;
    },
    buildEnd() {
      const idle = STAND_INS.filter((one) => !used.has(one)).map(({ source }) => String(source));
      if (idle.length > 0) throw new Error(`standins.ts: nothing imports ${idle.join(", ")}.`);
    },
  };
}
