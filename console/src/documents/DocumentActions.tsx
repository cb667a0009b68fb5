import { ActionIcon, Button } from "@mantine/core";
import {
  IconArrowBackUp,
  IconCheck,
  IconCopy,
  IconDots,
  IconMail,
  IconTrash,
} from "@tabler/icons-react";
import { Link, useLocation } from "wouter";
import type { Document } from "../api/types";
import { useLanguage } from "../i18n/language";
import { ActionMenu, type MenuEntry } from "../ui/ActionMenu";
import { BusyButton } from "../ui/BusyButton";
import { toastDone, toastError } from "../ui/toast";
import { useConfirm } from "../ui/useConfirm";
import { useDeleteDocument, useDuplicate, usePublish, useUnpublish } from "./queries";
import { isHeldBack } from "./registry";

/** Send, publish or mark as sent, copy, take back, delete. */
export function DocumentActions({ document }: { document: Document }) {
  const { t } = useLanguage();
  const heldBack = isHeldBack(document);
  return (
    <>
      {document.status === "draft" && <PublishButton document={document} primary={heldBack} />}
      {heldBack ? (
        <Button
          disabled
          aria-describedby="publish-first"
          leftSection={<IconMail size={18} aria-hidden />}
        >
          {t.documents.sendByEmail}
        </Button>
      ) : (
        <Button
          component={Link}
          href={`/documents/${document.id}/envoyer`}
          leftSection={<IconMail size={18} aria-hidden />}
        >
          {t.documents.sendByEmail}
        </Button>
      )}
      <MoreMenu document={document} />
      {heldBack && (
        <span id="publish-first" style={{ flexBasis: "100%", textAlign: "right" }}>
          {t.sendForm.draftList}
        </span>
      )}
    </>
  );
}

function PublishButton({ document, primary }: { document: Document; primary: boolean }) {
  const { t } = useLanguage();
  const publish = usePublish(document.id);
  const words = t.documentTypes[document.type];
  const run = () =>
    publish.mutate(undefined, {
      onSuccess: () => toastDone(words.published, t),
      onError: (error) => toastError(error, t),
    });
  return (
    <BusyButton
      variant={primary ? "filled" : "default"}
      busy={publish.isPending}
      onClick={run}
      leftSection={<IconCheck size={18} aria-hidden />}
    >
      {words.publish}
    </BusyButton>
  );
}

function MoreMenu({ document }: { document: Document }) {
  const { t } = useLanguage();
  const confirm = useConfirm();
  const [, navigate] = useLocation();
  const unpublish = useUnpublish(document.id);
  const remove = useDeleteDocument(document.id);
  const duplicate = useDuplicate(document.id);
  const copy = () =>
    duplicate.mutate(undefined, {
      onSuccess: ({ id }) => {
        toastDone(t.documents.duplicated, t);
        navigate(`/documents/${id}`);
      },
      onError: (error) => toastError(error, t),
    });
  const takeBack = () =>
    unpublish.mutate(undefined, {
      onSuccess: ({ campaigns }) => {
        const names = campaigns.map(({ name }) => name).join(", ");
        toastDone(names ? t.documents.unpublishedUsed(names) : t.documents.unpublished, t);
      },
      onError: (error) => toastError(error, t),
    });
  const onConfirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        toastDone(t.documents.deleted, t);
        navigate("/documents");
      },
      onError: (error) => toastError(error, t),
    });
  const ask = {
    title: t.documents.deleteTitle,
    text: t.documents.deleteText,
    confirm: t.common.delete,
  };
  const entries: MenuEntry[] = [
    {
      label: t.common.delete,
      icon: <IconTrash size={18} aria-hidden />,
      onSelect: () => confirm({ ...ask, danger: true, onConfirm }),
    },
  ];
  if (document.status !== "draft") {
    entries.unshift({
      label: t.documents.unpublish,
      icon: <IconArrowBackUp size={18} aria-hidden />,
      onSelect: takeBack,
    });
  }
  // Number and date of a PDF made elsewhere are in its file.
  if (!("upload" in document)) {
    entries.unshift({
      label: t.documents.duplicate,
      icon: <IconCopy size={18} aria-hidden />,
      onSelect: copy,
    });
  }
  const name = t.common.moreActions(document.name);
  return (
    <ActionMenu
      label={name}
      entries={entries}
      trigger={(props) => (
        <ActionIcon {...props} variant="default" size={36} aria-label={name}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      )}
    />
  );
}
