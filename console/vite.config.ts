import react from "@vitejs/plugin-react";
import type { ProxyOptions } from "vite";
import { defineConfig } from "vitest/config";
import { apiDocs } from "./apidocs.ts";
import { budget } from "./budget.ts";
import { chunkGroups } from "./chunks.ts";
import { compressed } from "./compress.ts";
import { standIns } from "./standins.ts";
import { usedStyles } from "./styles.ts";

const API = "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), standIns(), usedStyles(), budget(), apiDocs(), compressed()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    cssCodeSplit: false, // one file: rules keep their order whichever page is opened first
    modulePreload: false, // what is fetched later stands on nothing that is not there already
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000, // the budget is ours to watch
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: chunkGroups(),
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ["/v1", "/local", "/config.json", "/healthz"].map((path) => [path, proxied()]),
    ),
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: "tests/setup.ts",
  },
});

/** The local mode answers under its own name, and to its own pages: this server's stand for them. */
function proxied(): ProxyOptions {
  return {
    target: API,
    changeOrigin: true,
    configure: (proxy) => {
      proxy.on("proxyReq", (outgoing, { headers }) => {
        if (headers.origin === `http://${headers.host}`) outgoing.setHeader("origin", API);
      });
    },
  };
}
