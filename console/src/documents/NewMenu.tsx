import { Button } from "@mantine/core";
import { IconFileUpload, IconPlus } from "@tabler/icons-react";
import { Link } from "wouter";
import { useLanguage } from "../i18n/language";
import { ActionMenu } from "../ui/ActionMenu";
import { DOCUMENT_TYPES, definitionOf } from "./registry";

/** The ways to a new document: written here, or made elsewhere. The page's own answers to the key `n`. */
export function NewMenu({ isMain = false }: { isMain?: boolean }) {
  const { t } = useLanguage();
  const entries = DOCUMENT_TYPES.map((type) => {
    const { Icon } = definitionOf(type);
    return {
      label: t.documentTypes[type].create,
      icon: <Icon size={18} aria-hidden />,
      href: `/documents/nouveau/${type}`,
    };
  });
  return (
    <>
      <Button
        component={Link}
        href="/documents/importer"
        variant="default"
        leftSection={<IconFileUpload size={18} aria-hidden />}
      >
        {t.documents.import.title}
      </Button>
      <ActionMenu
        label={t.documents.create}
        entries={entries}
        trigger={(props) => (
          <Button
            {...props}
            data-new={isMain || undefined}
            leftSection={<IconPlus size={18} aria-hidden />}
          >
            {t.documents.create}
          </Button>
        )}
      />
    </>
  );
}
