import { answer, api } from "../api/client";
import { ApiProblem, NetworkError } from "../api/problem";

const MAX_BYTES = 10 * 1024 * 1024;

/** Why a file cannot be imported, as far as the browser can tell. */
type Objection = "notPdf" | "empty" | "tooLarge";

export function objectionTo(file: File): Objection | null {
  // Some systems know no type for a PDF, only its name.
  if (file.type !== "application/pdf" && !/\.pdf$/i.test(file.name)) return "notPdf";
  if (file.size === 0) return "empty";
  return file.size > MAX_BYTES ? "tooLarge" : null;
}

/**
 * Put a PDF where the API says, and give the id that a document can be made of.
 * The form is the right to: no token goes along. `refused` is said beside the file when it is not taken.
 */
export async function uploadPdf(file: File, refused: string): Promise<string> {
  const opening = { filename: file.name, size: file.size };
  const { upload_id, url, fields } = await answer(
    api.POST("/v1/documents/uploads", { body: opening }),
  );
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  // S3 reads no field after the file.
  body.append("file", file);
  const { ok, status } = await fetch(url, { method: "POST", body }).catch((error: unknown) => {
    throw new NetworkError(String(error));
  });
  if (ok) return upload_id;
  const code = "upload_refused";
  throw new ApiProblem(status, { code, errors: [{ field: "upload_id", code, message: refused }] });
}
