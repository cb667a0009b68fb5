import { useMediaQuery } from "@mantine/hooks";
import { Link } from "wouter";
import type { SendRow } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import { now } from "../ui/clock";
import rows from "../ui/rows.module.css";
import { SendBadge } from "../ui/StatusBadge";
import { TableHead } from "../ui/TableHead";
import { originOf, recipientsOf } from "./recipients";

interface Props {
  sends: SendRow[];
  /** The filters to keep in the address of a detail. */
  search: string;
}

/** Rows of the history: a table, or cards on a phone. The whole row opens the detail. */
export function SendRows(props: Props) {
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  return (
    <div className={`card ${rows.scroll}`}>
      {wide ? <SendTable {...props} /> : <SendCards {...props} />}
    </div>
  );
}

function SendTable({ sends, search }: Props) {
  const { t } = useLanguage();
  const { columns } = t.history;
  return (
    <table className={rows.table}>
      <caption className="visually-hidden">{t.history.title}</caption>
      <TableHead
        columns={[
          { label: columns.status, width: "10.5rem" },
          { label: columns.subject, width: "30%" },
          { label: columns.recipients },
          { label: columns.document },
          { label: columns.date, width: "10rem" },
        ]}
      />
      <tbody>
        {sends.map((send) => (
          <tr key={send.id}>
            <td>
              <SendBadge send={send} />
            </td>
            <td>
              <SubjectLink send={send} search={search} />
              <span className={rows.minor}>{originOf(send, t)}</span>
            </td>
            <td>
              <Recipients send={send} />
            </td>
            <td>
              <DocumentName send={send} />
            </td>
            <td>
              <When send={send} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SendCards({ sends, search }: Props) {
  const { t } = useLanguage();
  return (
    <ul className={rows.cards}>
      {sends.map((send) => (
        <li key={send.id} className={rows.card}>
          <SubjectLink send={send} search={search} />
          {send.retry_of && <span className={rows.minor}>{originOf(send, t)}</span>}
          <div>
            <Recipients send={send} />
          </div>
          <div className={rows.cardLine}>
            <SendBadge send={send} />
            <span className={rows.minor}>
              <When send={send} short />
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}

function SubjectLink({ send, search }: { send: SendRow; search: string }) {
  return (
    <Link href={`/historique/${send.id}${search && `?${search}`}`} className={rows.link}>
      {send.subject || "—"}
    </Link>
  );
}

function Recipients({ send }: { send: SendRow }) {
  const { t } = useLanguage();
  const { shown, more } = recipientsOf(send, t);
  return (
    <>
      <span className={rows.line} title={shown}>
        {shown}
      </span>
      {more && <span className={rows.minor}>{more}</span>}
    </>
  );
}

function DocumentName({ send }: { send: SendRow }) {
  const { t } = useLanguage();
  const names = send.documents.map((document) => document.name).join(", ");
  return (
    <>
      <span className={rows.line} title={names}>
        {names || t.history.noDocument}
      </span>
      {send.document_type && (
        <span className={rows.minor}>{t.documentTypes[send.document_type].name}</span>
      )}
    </>
  );
}

function When({ send, short = false }: { send: SendRow; short?: boolean }) {
  const { t } = useLanguage();
  const format = useFormat();
  const zone = useZone();
  const at = send.sent_at ?? send.queued_at;
  if (short) return format.instant(at, zone);
  return (
    <>
      {format.instant(at, zone)}
      <span className={rows.minor}>{send.late ? t.history.late : format.relative(at, now())}</span>
    </>
  );
}
