import type { IconFileInvoice } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { DocumentStatus, DocumentType } from "../api/types";
import type { Dictionary } from "../i18n/dictionary";
import type { Format } from "../i18n/format";
import type { Content, ContentForm, ContentOf } from "./content";

/** All that is particular to one type of document, but for its words: `documentTypes` has them. */
interface Definition<C> {
  /** Its place in menus and lists. */
  order: number;
  Icon: typeof IconFileInvoice;
  /** The status in which campaigns may send it. */
  ready: DocumentStatus;
  /** Must it be published before it is sent, even by hand? */
  publishedFirst: boolean;
  /** Is a number required, of which a name can be made? Otherwise a name is required. */
  numbered: boolean;
  /** Can a campaign move its date on from one send to the next? */
  movingDate: boolean;
  /** Is the client or supplier named in the subject of its emails? */
  partyInSubject: boolean;
  /** What to think about before one that has been sent is changed. */
  editSentWarning?: (t: Dictionary) => string;
  /** An empty one of a date. */
  newContent: (date: string) => C;
  /** The content with its figures as people of a language type them. */
  typed: (content: C, format: Format) => C;
  /** The content as it is sent: no blank lines in addresses, decimal points in figures. */
  cleaned: (content: C) => C;
  /** The fields of its form. */
  Fields: (props: { form: ContentForm; content: C }) => ReactNode;
}

export type DefinitionOf<Type extends DocumentType> = Definition<ContentOf<Type>>;
export type AnyDefinition = Definition<Content>;
