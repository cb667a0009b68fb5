import { Button } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { Link, useLocation } from "wouter";
import type { Send } from "../api/types";
import { useLanguage } from "../i18n/language";
import { useConfirm } from "../ui/useConfirm";
import { isOver } from "./failures";

/** «Ouvrir le document»: its send form, after a question when the failure is over. */
export function OpenDocument({ send }: { send: Send }) {
  const { t } = useLanguage();
  const confirm = useConfirm();
  const [, navigate] = useLocation();
  const first = send.documents[0];
  if (!first) return null;
  const path = `/documents/${first.id}/envoyer?envoi=${send.id}`;
  const look = {
    variant: "default",
    leftSection: <IconFileText size={18} aria-hidden />,
    children: t.detail.openDocument,
  };
  if (!isOver(send)) return <Button component={Link} href={path} {...look} />;
  const ask = () =>
    confirm({
      title: t.detail.overTitle,
      text: send.resolution === "retried" ? t.detail.overRetried : t.detail.overResolved,
      confirm: t.detail.openDocument,
      onConfirm: () => navigate(path),
    });
  return <Button onClick={ask} {...look} />;
}
