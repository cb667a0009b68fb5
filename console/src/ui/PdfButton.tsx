import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useState } from "react";
import { useLanguage } from "../i18n/language";
import { toastError } from "./toast";

interface Props {
  label: string;
  /** Fetches a link to the PDF at each click: links expire after some minutes. */
  ask: () => Promise<{ url: string }>;
}

/** Opens a PDF in a tab of its own. */
export function PdfButton({ label, ask }: Props) {
  const { t } = useLanguage();
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setBusy(true);
    const tab = window.open("about:blank");
    try {
      const { url } = await ask();
      if (tab) tab.location.href = url;
    } catch (error) {
      tab?.close();
      toastError(error, t);
    }
    setBusy(false);
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={busy}
      onClick={() => void open()}
      rightSection={<IconExternalLink size={16} aria-hidden />}
    >
      {label}
    </Button>
  );
}
