import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

const FIRST_SCREEN = 180;
const ALL = 260;
/** Styles come whole with the first screen; the typeface has a file for each range of letters. */
const STYLES = 40;
const TYPEFACE = 32;
/** Coming back from the sign-in page, this is fetched before anything is shown. */
const SIGN_IN = /\/session\/oidc\.ts$/;

/**
 * Fails the build when its scripts and styles, in KB as gzip makes them, or the typeface, packed by
 * itself, outgrow what we promise.
 */
export function budget(): Plugin {
  return {
    name: "budget",
    enforce: "post", // the style sheet comes last
    apply: "build",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const entries = chunks.filter(({ isEntry }) => isEntry);
      const signIn = chunks.filter(({ facadeModuleId }) => SIGN_IN.test(facadeModuleId ?? ""));
      if (signIn.length !== 1) throw new Error("budget.ts: which script signs people in?");
      const first = withImports([...entries, ...signIn], chunks);
      check("scripts, first screen", packed(codeOf(first)), FIRST_SCREEN);
      check("scripts, all", packed(codeOf(chunks)), ALL);
      check("styles", packed(assetsOf(bundle, ".css")), STYLES);
      check("typeface", sizesOf(assetsOf(bundle, ".woff2")), TYPEFACE);
    },
  };
}

/** The chunks with all that they import, themselves or by what they import. */
function withImports(
  start: Rolldown.OutputChunk[],
  chunks: Rolldown.OutputChunk[],
): Rolldown.OutputChunk[] {
  const found = new Set(start);
  // A set gives what is added while it is read.
  for (const { imports } of found) {
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) found.add(chunk);
  }
  return [...found];
}

type Content = string | Uint8Array;

function codeOf(chunks: Rolldown.OutputChunk[]): Content[] {
  return chunks.map(({ code }) => code);
}

function assetsOf(bundle: Rolldown.OutputBundle, ending: string): Content[] {
  const files = Object.values(bundle).filter((file) => file.type === "asset");
  return files.filter(({ fileName }) => fileName.endsWith(ending)).map(({ source }) => source);
}

function packed(contents: Content[]): number[] {
  return contents.map((one) => gzipSync(one, { level: 9 }).length);
}

function sizesOf(contents: Content[]): number[] {
  return contents.map(({ length }) => length);
}

function check(what: string, bytes: number[], limit: number): void {
  const size = bytes.reduce((sum, one) => sum + one, 0) / 1000;
  console.info(`${what}: ${size.toFixed(1)} KB of ${limit}`);
  if (size > limit) throw new Error(`${what}: ${size.toFixed(1)} KB, ${limit} allowed.`);
}
