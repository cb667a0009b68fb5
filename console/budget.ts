import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

const FIRST_SCREEN = 180;
const ALL = 260;
/** Coming back from the sign-in page, this is fetched before anything is shown. */
const SIGN_IN = /\/session\/oidc\.ts$/;

/** Fails the build when its scripts, in KB as gzip makes them, outgrow what we promise. */
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
      check("scripts, first screen", withImports([...entries, ...signIn], chunks), FIRST_SCREEN);
      check("scripts, all", chunks, ALL);
      console.info(`styles: ${kilobytes(stylesOf(bundle)).toFixed(1)} KB`);
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

function stylesOf(bundle: Rolldown.OutputBundle): (string | Uint8Array)[] {
  const files = Object.values(bundle).filter((file) => file.type === "asset");
  return files.filter(({ fileName }) => fileName.endsWith(".css")).map(({ source }) => source);
}

function kilobytes(contents: (string | Uint8Array)[]): number {
  return contents.reduce((sum, one) => sum + gzipSync(one, { level: 9 }).length, 0) / 1000;
}

function check(what: string, chunks: Rolldown.OutputChunk[], limit: number): void {
  const size = kilobytes(chunks.map(({ code }) => code));
  console.info(`${what}: ${size.toFixed(1)} KB of ${limit}`);
  if (size > limit) throw new Error(`${what}: ${size.toFixed(1)} KB, ${limit} allowed.`);
}
