import { Anchor, Title } from "@mantine/core";
import { Link } from "wouter";
import type { Document } from "../api/types";
import { historyPath } from "../history/filters";
import { useSendsOf } from "../history/queries";
import { SendSummaries } from "../history/SendSummaries";
import { useLanguage } from "../i18n/language";
import classes from "./documents.module.css";
import { isHeldBack } from "./registry";

/** The latest sends of a document. */
export function DocumentSends({ document }: { document: Document }) {
  const { t } = useLanguage();
  const { id } = document;
  const { data } = useSendsOf({ document: id });
  if (!data) return null;
  return (
    <section className={`card ${classes.group}`}>
      <Title order={2} fz="1rem" mb="xs">
        {t.documents.sends}
      </Title>
      {data.items.length === 0 ? (
        <p className={classes.minor}>
          {t.documents.sendsNone}{" "}
          {!isHeldBack(document) && (
            <Anchor component={Link} href={`/documents/${id}/envoyer`} fz="inherit">
              {t.documents.sendByEmail}
            </Anchor>
          )}
        </p>
      ) : (
        <>
          <SendSummaries sends={data.items} />
          <Anchor component={Link} href={historyPath({ document: id })}>
            {t.documents.sendsAll}
          </Anchor>
        </>
      )}
    </section>
  );
}
