import { Anchor, Title } from "@mantine/core";
import { Link } from "wouter";
import { historyPath } from "../history/filters";
import { useSendsOf } from "../history/queries";
import { SendSummaries } from "../history/SendSummaries";
import { useLanguage } from "../i18n/language";
import classes from "./documents.module.css";

/** The latest sends of a document. */
export function DocumentSends({ id }: { id: string }) {
  const { t } = useLanguage();
  const { data } = useSendsOf({ document: id });
  if (!data) return null;
  return (
    <section className={`card ${classes.group}`}>
      <Title order={2} fz="1rem" mb="xs">
        {t.documents.sends}
      </Title>
      {data.items.length === 0 ? (
        <p className={classes.minor}>{t.documents.sendsNone}</p>
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
