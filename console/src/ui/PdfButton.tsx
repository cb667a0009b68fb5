import { IconExternalLink } from "@tabler/icons-react";
import { useState } from "react";
import { useLanguage } from "../i18n/language";
import { BusyButton } from "./BusyButton";
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
    <BusyButton
      size="compact-sm"
      variant="default"
      busy={busy}
      onClick={() => void open()}
      rightSection={<IconExternalLink size={16} aria-hidden />}
    >
      {label}
    </BusyButton>
  );
}
