import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ImportPage } from "../src/documents/ImportPage";
import { UploadEditor, type UploadedDocument } from "../src/documents/UploadEditor";
import { objectionTo } from "../src/documents/upload";
import { json, show } from "./page";

const STORE = "https://archive.example/";
const FORM = { upload_id: "U1", url: STORE, fields: { key: "tmp/U1.pdf", policy: "signed" } };
const STORED: UploadedDocument = {
  ...{ id: "D1", type: "invoice", name: "Facture F-1", number: "F-1", date: "2026-11-20" },
  ...{ status: "draft", version: 3, upload: { size: 9, sha256: "abc" } },
  ...{ created_at: "2026-11-20T08:00:00Z", warnings: [], updated_at: "2026-11-20T08:00:00Z" },
};

const pdf = (size = 9, name = "facture.pdf", type = "application/pdf") =>
  new File([new Uint8Array(size)], name, { type });

interface Asked {
  method: string;
  url: string;
  headers: Headers;
  body: unknown;
}

/** Every request made, in order. */
let asked: Asked[] = [];
const of = (method: string, path: string) =>
  asked.filter((one) => one.method === method && one.url.endsWith(path));

/** Answers as the API and the archive do, unless `instead` has another answer. */
function answering(
  instead: (one: Asked) => Response | Promise<Response> | undefined = () => undefined,
): void {
  vi.stubGlobal("fetch", async (given: Request | string, options: RequestInit = {}) => {
    const request = given instanceof Request ? given : null;
    const one = {
      method: request?.method ?? options.method ?? "GET",
      url: request?.url ?? String(given),
      headers: request?.headers ?? new Headers(options.headers),
      body: request ? await request.json().catch(() => null) : options.body,
    };
    asked.push(one);
    return instead(one) ?? usual(one);
  });
}

function usual({ method, url }: Asked): Response {
  if (url === STORE) return new Response(null, { status: 204 });
  if (url.endsWith("/uploads")) return json(FORM, 201);
  if (url.endsWith("/settings")) return json({ timezone: "Europe/Paris" });
  return method === "GET" ? json({ items: [] }) : json(STORED, 201);
}

function refusing(field: string, message: string): Response {
  return json({ code: "validation_failed", errors: [{ field, code: "x", message }] }, 422);
}

const input = () => document.querySelector<HTMLInputElement>("input[type=file]") as HTMLElement;
const importing = async () => {
  show(<ImportPage />);
  await screen.findByLabelText(/Numéro/);
};
const save = () => userEvent.click(screen.getByRole("button", { name: "Enregistrer" }));

beforeEach(() => {
  asked = [];
  URL.createObjectURL = () => "blob:pdf";
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => vi.unstubAllGlobals());

describe("a file", () => {
  it.each([
    ["of 10 MB", pdf(10 * 1024 * 1024), null],
    ["without a type", pdf(9, "FACTURE.PDF", ""), null],
    ["of more than 10 MB", pdf(10 * 1024 * 1024 + 1), "tooLarge"],
    ["without content", pdf(0), "empty"],
    ["of another type", pdf(9, "facture.docx", "application/msword"), "notPdf"],
  ])("%s is judged before it is sent", (_name, file, objection) => {
    expect(objectionTo(file)).toBe(objection);
  });
});

describe("«Importer un PDF»", () => {
  it("posts the form's fields, then the file, without a token; a document is made of it", async () => {
    answering();
    await importing();
    const file = pdf();

    await userEvent.upload(input(), file);
    await userEvent.type(screen.getByLabelText(/Numéro/), "F-1");
    await save();

    await waitFor(() => expect(of("POST", "/v1/documents")).toHaveLength(1));
    const [posted] = asked.filter(({ url }) => url === STORE);
    const body = posted?.body as FormData;
    expect([...body.keys()]).toEqual(["key", "policy", "file"]);
    expect(body.get("file")).toBe(file);
    expect(posted?.headers.has("Authorization")).toBe(false);
    expect(of("POST", "/v1/documents/uploads")[0]?.body).toEqual({
      filename: "facture.pdf",
      size: 9,
    });
    expect(of("POST", "/v1/documents")[0]?.body).toMatchObject({
      ...{ type: "invoice", number: "F-1", upload_id: "U1" },
    });
  });

  it("says what is wrong with a file and sends nothing", async () => {
    answering();
    await importing();

    await userEvent.click(screen.getByRole("button", { name: "Enregistrer" }));
    expect(screen.getByText("Choisissez un PDF.")).toBeTruthy();
    fireEvent.drop(document.body, {
      dataTransfer: { types: ["Files"], files: [pdf(9, "facture.docx", "application/msword")] },
    });

    expect(screen.getByText("Ce fichier n’est pas un PDF.")).toBeTruthy();
    expect(asked.filter(({ method }) => method === "POST")).toEqual([]);
  });

  it("says that it is under way, and lets nothing change meanwhile", async () => {
    answering(({ url }) => (url === STORE ? new Promise(() => undefined) : undefined));
    await importing();

    await userEvent.upload(input(), pdf());
    await save();

    await waitFor(() => expect(screen.getByRole("status").textContent).toBe("Envoi du PDF…"));
    for (const field of [screen.getByLabelText(/Numéro/), screen.getByText(/Choisir un autre/)])
      expect(field.closest("[inert]")).not.toBeNull();
  });

  it("shows the API's problems beside their fields and does not send the file twice", async () => {
    let refused = 0;
    answering(({ method, url }) =>
      method === "POST" && url.endsWith("/v1/documents") && refused++ === 0
        ? refusing("number", "Obligatoire.")
        : undefined,
    );
    await importing();

    await userEvent.upload(input(), pdf());
    await save();
    await screen.findByText("Obligatoire.");
    expect(document.activeElement).toBe(screen.getByLabelText(/Numéro/));
    await userEvent.keyboard("F-1");
    await save();

    await waitFor(() => expect(of("POST", "/v1/documents")).toHaveLength(2));
    expect(asked.filter(({ url }) => url === STORE)).toHaveLength(1);
  });

  it("sends the file anew once the API has refused it", async () => {
    answering(({ method, url }) =>
      method === "POST" && url.endsWith("/v1/documents")
        ? refusing("upload_id", "Ce PDF est chiffré.")
        : undefined,
    );
    await importing();

    await userEvent.upload(input(), pdf());
    await save();
    const problem = await screen.findByText("Ce PDF est chiffré.");
    await save();

    await waitFor(() => expect(asked.filter(({ url }) => url === STORE)).toHaveLength(2));
    const button = screen.getByRole("button", { name: "Choisir un autre fichier" });
    expect(button.getAttribute("aria-describedby")).toBe(problem.id);
  });

  it.each([400, 403])("says so when the archive answers %i", async (status) => {
    answering(({ url }) => (url === STORE ? new Response("<Error/>", { status }) : undefined));
    await importing();

    await userEvent.upload(input(), pdf());
    await save();

    await screen.findByText("Le fichier n’a pas pu être déposé. Réessayez.");
    expect(of("POST", "/v1/documents")).toEqual([]);
  });
});

describe("an imported document", () => {
  it("keeps its PDF when its heading is saved", async () => {
    answering();
    show(<UploadEditor document={STORED} />);

    await userEvent.type(screen.getByLabelText("Nom"), " bis");
    await save();

    await waitFor(() => expect(of("PUT", "/v1/documents/D1")).toHaveLength(1));
    expect(of("PUT", "/v1/documents/D1")[0]?.body).toEqual({
      ...{ type: "invoice", name: "Facture F-1 bis", number: "F-1", date: "2026-11-20" },
      ...{ upload: STORED.upload, version: 3 },
    });
  });

  it("is sent with another PDF once one is chosen", async () => {
    answering();
    show(<UploadEditor document={STORED} />);

    await userEvent.upload(input(), pdf());
    await save();

    await waitFor(() => expect(of("PUT", "/v1/documents/D1")).toHaveLength(1));
    expect(of("PUT", "/v1/documents/D1")[0]?.body).toMatchObject({ upload_id: "U1", version: 3 });
  });
});
