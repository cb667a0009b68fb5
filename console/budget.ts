import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

const FIRST_SCREEN = 180;
const ALL = 250;

/** Fails the build when its scripts, in KB as gzip makes them, outgrow what we promise. */
export function budget(): Plugin {
  return {
    name: "budget",
    apply: "build",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const entry = chunks.find((chunk) => chunk.isEntry);
      const first = entry
        ? [entry, ...chunks.filter(({ fileName }) => entry.imports.includes(fileName))]
        : [];
      check("first screen", first, FIRST_SCREEN);
      check("all", chunks, ALL);
    },
  };
}

function check(what: string, chunks: Rolldown.OutputChunk[], limit: number): void {
  const size =
    chunks.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0) / 1000;
  console.info(`scripts, ${what}: ${size.toFixed(0)} KB of ${limit}`);
  if (size > limit)
    throw new Error(`Scripts (${what}) take ${size.toFixed(1)} KB, ${limit} allowed.`);
}
