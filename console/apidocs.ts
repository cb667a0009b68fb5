import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const { resolve } = createRequire(import.meta.url);
const STARTED = `window.ui = SwaggerUIBundle({
  url: "/v1/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
});
`;

/** Adds a page that shows the API's description: Swagger UI, as its package gives it. */
export function apiDocs(): Plugin {
  return {
    name: "api-docs",
    enforce: "post", // after the budget, which is that of the console
    apply: "build",
    async generateBundle() {
      const add = (name: string, source: string | Uint8Array) =>
        this.getFileName(this.emitFile({ type: "asset", name, source }));
      const part = async (name: string) =>
        add(name, await readFile(resolve(`swagger-ui-dist/${name}`)));
      const styles = await part("swagger-ui.css");
      const scripts = [await part("swagger-ui-bundle.js"), add("api-docs.js", STARTED)];
      this.emitFile({ type: "asset", fileName: "docs.html", source: page(styles, scripts) });
    },
  };
}

function page(styles: string, scripts: string[]): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <link rel="icon" href="data:," />
    <title>Facteur API</title>
    <link rel="stylesheet" href="/${styles}" />
  </head>
  <body>
    <main id="api"></main>
    ${scripts.map((script) => `<script src="/${script}"></script>`).join("\n    ")}
  </body>
</html>
`;
}
