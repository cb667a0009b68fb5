import type { Plugin } from "vite";

interface StandIn {
  source: RegExp;
  importer: RegExp;
  code: string;
}

/** Components that hang on others as `Checkbox.Card` does, and that nothing here shows. */
const UNUSED = [
  ...["CheckboxCard", "CheckboxIndicator", "RadioCard", "RadioIndicator", "PopoverContextMenu"],
  ...["FloatingArrow", "ButtonGroup", "ButtonGroupSection"],
  ...["ActionIconGroup", "ActionIconGroupSection"],
];

const STAND_INS: StandIn[] = [
  {
    // Asked for its name only, to see whether it is the one that scrolls; here it never is.
    source: /\/ScrollArea\.mjs$/,
    importer: /\/(Modal|Drawer)Root\.mjs$/,
    code: "export const ScrollArea = { Autosize: null };",
  },
  {
    source: new RegExp(`/(${UNUSED.join("|")})\\.mjs$`),
    importer: /\/(Checkbox|Radio|Popover|PopoverDropdown|Button|ActionIcon)\.mjs$/,
    code: UNUSED.map((name) => `export const ${name} = () => null;`).join(""),
  },
  {
    // Actions on forms by the names of these, which none has.
    source: /\/actions\.mjs$/,
    importer: /\/use-form\.mjs$/,
    code: "export const useFormActions = () => undefined;",
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
