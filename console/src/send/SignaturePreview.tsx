import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import { useLanguage } from "../i18n/language";
import { useProfile } from "../settings/queries";
import { SignatureFrame } from "../settings/SignatureFrame";
import classes from "./send.module.css";

/** «Aperçu de la signature email», and where to change it. */
export function SignaturePreview() {
  const { t } = useLanguage();
  const { data } = useProfile();
  if (!data) return null;
  return (
    <section className={classes.signature} aria-label={t.sendForm.signature}>
      <div className={classes.signatureHead}>
        <span>{t.sendForm.signature}</span>
        <Anchor component={Link} href="/parametres" fz="sm">
          {t.sendForm.signatureLink}
        </Anchor>
      </div>
      {data.signature ? (
        <SignatureFrame html={data.signature} />
      ) : (
        <span>{t.sendForm.signatureNone}</span>
      )}
    </section>
  );
}
