import { Button, FileButton, Input } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { useLanguage } from "../i18n/language";
import { useSize } from "../ui/useSize";
import classes from "./documents.module.css";
import { FIELD, type Pdf } from "./usePdf";

interface Props {
  pdf: Pdf;
  /** What the button says while no file is chosen. */
  button: string;
  /** A note beside the file once it is chosen. */
  note?: string;
  required?: boolean;
  disabled: boolean;
}

/** A PDF, by its button or dropped anywhere on the page. */
export function PdfField({ pdf, button, note, required = false, disabled }: Props) {
  const { t } = useLanguage();
  const size = useSize();
  const id = useId();
  const forget = useRef<() => void>(null);
  const { file, problem } = pdf;
  const choose = (chosen: File | null) => {
    if (chosen && !disabled) pdf.choose(chosen);
    // Otherwise the browser says nothing when the same file, corrected, is chosen again.
    forget.current?.();
  };
  const over = useFileDrop(choose);
  const chooser = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Once the viewer of a refused file has gone, which takes the focus for itself.
    if (problem) chooser.current?.focus();
  }, [problem]);
  const words = t.documents.import;
  return (
    <Input.Wrapper
      id={id}
      labelElement="div"
      label={words.file}
      required={required}
      description={words.fileHint}
      error={problem}
    >
      <div className={classes.drop} data-over={over || undefined}>
        <IconFileUpload size={28} aria-hidden />
        <span className={classes.dropText} aria-live="polite">
          {file ? `${file.name} · ${size(file.size)}` : words.drop}
          {file && note && <span className={classes.minor}>{note}</span>}
        </span>
        <FileButton accept="application/pdf,.pdf" resetRef={forget} onChange={choose}>
          {(props) => (
            <Button
              {...props}
              ref={chooser}
              variant="default"
              data-path={FIELD}
              disabled={disabled}
              aria-describedby={problem ? `${id}-error` : `${id}-description`}
            >
              {file ? words.another : button}
            </Button>
          )}
        </FileButton>
      </div>
    </Input.Wrapper>
  );
}

/** Takes a file dropped on the page, which browsers would open in its place; true while one hovers. */
function useFileDrop(onFile: (file: File | null) => void): boolean {
  const [over, setOver] = useState(false);
  const hover = useEffectEvent((event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    if (event.type === "dragleave" && event.relatedTarget) return;
    event.preventDefault();
    setOver(event.type === "dragover");
    if (event.type === "drop") onFile(event.dataTransfer.files[0] ?? null);
  });
  useEffect(() => {
    const stop = new AbortController();
    for (const type of ["dragover", "dragleave", "drop"] as const)
      addEventListener(type, (event) => hover(event), stop);
    return () => stop.abort();
  }, []);
  return over;
}
