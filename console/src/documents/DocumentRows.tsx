import { useMediaQuery } from "@mantine/hooks";
import { Link } from "wouter";
import type { DocumentRow } from "../api/types";
import type { Dictionary } from "../i18n/dictionary";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import rows from "../ui/rows.module.css";
import { DocumentBadge } from "../ui/StatusBadge";
import { TableHead } from "../ui/TableHead";

/** Documents as a table, or cards on a phone. */
export function DocumentRows({ documents }: { documents: DocumentRow[] }) {
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  return (
    <div className={`card ${rows.scroll}`}>
      {wide ? <Rows documents={documents} /> : <Cards documents={documents} />}
    </div>
  );
}

function Rows({ documents }: { documents: DocumentRow[] }) {
  const { t } = useLanguage();
  const format = useFormat();
  const { columns } = t.documents;
  return (
    <table className={rows.table}>
      <caption className="visually-hidden">{t.documents.title}</caption>
      <TableHead
        columns={[
          { label: columns.name, width: "42%" },
          { label: columns.party },
          { label: columns.date, width: "9rem" },
          { label: columns.status, width: "9rem" },
        ]}
      />
      <tbody>
        {documents.map((document) => (
          <tr key={document.id}>
            <td>
              <NameLink document={document} />
              <span className={rows.minor}>{kindOf(document, t)}</span>
            </td>
            <td>
              <span className={rows.line} title={document.party}>
                {document.party || t.common.none}
              </span>
            </td>
            <td>{format.date(document.date)}</td>
            <td>
              <DocumentBadge type={document.type} status={document.status} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards({ documents }: { documents: DocumentRow[] }) {
  const { t } = useLanguage();
  const format = useFormat();
  return (
    <ul className={rows.cards}>
      {documents.map((document) => (
        <li key={document.id} className={rows.card}>
          <NameLink document={document} />
          <span className={rows.minor}>
            {[kindOf(document, t), document.party].filter(Boolean).join(" · ")}
          </span>
          <div className={rows.cardLine}>
            <DocumentBadge type={document.type} status={document.status} />
            <span className={rows.minor}>{format.date(document.date)}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}

function NameLink({ document }: { document: DocumentRow }) {
  return (
    <Link href={`/documents/${document.id}`} className={rows.link} title={document.name}>
      {document.name}
    </Link>
  );
}

/** The type, the number unless the name says it already, and whether it was made elsewhere. */
function kindOf(document: DocumentRow, t: Dictionary): string {
  const number = document.name.includes(document.number) ? "" : document.number;
  const source = document.uploaded ? t.documents.import.kind : "";
  return [t.documentTypes[document.type].name, number, source].filter(Boolean).join(" · ");
}
