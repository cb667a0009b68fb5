import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import ts from "typescript";
import { createServer, type ViteDevServer } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

type Languages = typeof import("../src/i18n/languages");
type Provided = typeof import("../src/i18n/language");
type Formats = typeof import("../src/i18n/format");

/** A copy of the console, to which one file is added. */
const root = mkdtempSync(join(tmpdir(), "console-"));
const added = join(root, "src/i18n/languages/de.ts");
const german = readFileSync("src/i18n/languages/en.ts", "utf8")
  .replace(/name: "English", tag: "en-GB"/, 'name: "Deutsch", tag: "de-DE"')
  .replace('save: "Save"', 'save: "Speichern"');
let server: ViteDevServer;

beforeAll(async () => {
  cpSync("src", join(root, "src"), { recursive: true });
  cpSync("tsconfig.json", join(root, "tsconfig.json"));
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
  writeFileSync(added, german);
  server = await createServer({
    root,
    configFile: false,
    logLevel: "error",
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
});

afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

describe("a language of one more file", () => {
  it("is offered under its own name", async () => {
    const { LANGUAGES } = (await server.ssrLoadModule("/src/i18n/languages.ts")) as Languages;

    expect(LANGUAGES).toEqual([
      { code: "fr", name: "Français" },
      { code: "de", name: "Deutsch" },
      { code: "en", name: "English" },
    ]);
  });

  it("is opened in when it was chosen, with its sentences", async () => {
    const { loadDictionary } = (await server.ssrLoadModule("/src/i18n/languages.ts")) as Languages;
    const provided = (await server.ssrLoadModule("/src/i18n/language.tsx")) as Provided;
    localStorage.setItem("facteur.language", "de");
    const language = provided.storedLanguage();
    const Save = () => provided.useLanguage().t.common.save;

    const first = await loadDictionary(language);
    const children = createElement(Save);
    const page = renderToString(
      createElement(provided.LanguageProvider, { first, language, children }),
    );

    expect(page).toBe("Speichern");
  });

  it("has its dates and figures written its way", async () => {
    const { formatsOf } = (await server.ssrLoadModule("/src/i18n/format.ts")) as Formats;

    expect(formatsOf("de").month("2027-01")).toBe("Januar 2027");
    expect(formatsOf("de").figure("1.5")).toBe("1,5");
  });

  it("does not pass the type check while a sentence is missing", { timeout: 60_000 }, () => {
    writeFileSync(added, german.replace('save: "Speichern",', ""));
    const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);

    const program = ts.createProgram([added], { ...options, types: [] });
    const problems = program.getSemanticDiagnostics(program.getSourceFile(added));

    expect(problems.map(({ messageText }) => JSON.stringify(messageText)).join()).toContain(
      "Property 'save' is missing",
    );
  });
});
