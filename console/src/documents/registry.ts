import type { Document, DocumentType } from "../api/types";
import type { Format } from "../i18n/format";
import type { Content } from "./content";
import type { AnyDefinition } from "./definition";

const FILES = import.meta.glob<AnyDefinition>("./types/*.tsx", {
  eager: true,
  import: "definition",
});

/** The types of documents there are, each with a file of its name in `types/`, in order. */
export const DOCUMENT_TYPES = Object.entries(FILES)
  .sort(([, one], [, other]) => one.order - other.order)
  .map(([path]) => path.replace(/^.*\/|\.tsx$/g, "") as DocumentType);

/** What is particular to a type. Contents given to it must be of that type. */
export function definitionOf(type: DocumentType): AnyDefinition {
  const definition = FILES[`./types/${type}.tsx`];
  if (definition === undefined) throw new Error(`No file for documents of type "${type}"`);
  return definition;
}

/** What a person may change of a document, its figures as people type them in their language. */
export function contentOf(document: Document, format: Format): Content {
  const { id, status, version, created_at, updated_at, warnings, ...rest } = document;
  const content = rest as Content;
  return definitionOf(content.type).typed(content, format);
}

/** Must it be published before it may be sent? */
export function isHeldBack({ type, status }: Pick<Document, "type" | "status">): boolean {
  return status === "draft" && definitionOf(type).publishedFirst;
}

/** The content as it is sent. */
export function cleaned<C extends Content>(content: C): C {
  return definitionOf(content.type).cleaned(content) as C;
}
