import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { budget } from "./budget.ts";
import { chunkOf, chunks } from "./chunks.ts";
import { compressed } from "./compress.ts";
import { standIns } from "./standins.ts";

export default defineConfig({
  plugins: [react(), standIns(), chunks(), budget(), compressed()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: false, // what is fetched later stands on nothing that is not there already
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000, // the budget is ours to watch
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: chunkOf, debugName: "chunks" }],
          includeDependenciesRecursively: false,
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ["/v1", "/local", "/config.json", "/healthz"].map((path) => [path, "http://127.0.0.1:8000"]),
    ),
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: "tests/setup.ts",
  },
});
