import { useRef, useState } from "react";
import { ApiProblem } from "../api/problem";
import { useLanguage } from "../i18n/language";
import { objectionTo, uploadPdf } from "./upload";

/** A PDF that a person chooses, and its way to the API: what was uploaded is not uploaded again. */
export function usePdf() {
  const { t } = useLanguage();
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const uploaded = useRef<{ file: File; id: string } | null>(null);
  const choose = (chosen: File | null) => {
    const objection = chosen && objectionTo(chosen);
    setFile(objection ? null : chosen);
    setProblem(objection && t.documents.import[objection]);
  };
  /** The id of a chosen file, once it is there. */
  const upload = async (chosen: File): Promise<string> => {
    if (uploaded.current?.file !== chosen) {
      const id = await uploadPdf(chosen, t.documents.import.refused);
      uploaded.current = { file: chosen, id };
    }
    return uploaded.current.id;
  };
  /** What the API has against the file is said beside it, and the file must come anew. */
  const refuse = (error: unknown) => {
    const found = error instanceof ApiProblem && error.fields.find((one) => one.field === FIELD);
    if (!found) return;
    uploaded.current = null;
    setProblem(found.message);
  };
  return { file, problem, choose, setProblem, upload, refuse };
}

export type Pdf = ReturnType<typeof usePdf>;

/** Where the API's problems with a file stand. */
export const FIELD = "upload_id";
