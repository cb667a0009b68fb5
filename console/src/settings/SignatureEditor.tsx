import { ActionIcon, Input } from "@mantine/core";
import { IconBold, IconItalic, IconLink } from "@tabler/icons-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useLanguage } from "../i18n/language";
import { harmless } from "./markup";
import classes from "./settings.module.css";

interface Props {
  value: string;
  onChange: (html: string) => void;
  error?: ReactNode;
}

/** A signature as it will look, written like a letter: markup that is typed stays text. */
export function SignatureEditor({ value, onChange, error }: Props) {
  const { t } = useLanguage();
  const id = useId();
  const area = useRef<HTMLDivElement>(null);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    // Only what comes from outside: rewriting what is being typed would move the caret.
    if (!area.current || value === shown.current) return;
    area.current.replaceChildren(harmless(value));
    shown.current = value;
  }, [value]);
  const tell = () => {
    const html = area.current?.textContent?.trim() ? area.current.innerHTML : "";
    shown.current = html;
    onChange(html);
  };
  const format = (command: "bold" | "italic" | "createLink" | "insertText", argument?: string) => {
    area.current?.focus();
    document.execCommand(command, false, argument);
    tell();
  };
  const link = () => {
    const address = window.prompt(t.settings.linkAddress, "https://");
    if (address) format("createLink", address);
  };
  return (
    <Input.Wrapper
      id={id}
      labelElement="div"
      label={t.settings.signatureHtml}
      description={t.settings.signatureHint}
      error={error}
    >
      <div className={classes.editor}>
        <div className={classes.toolbar}>
          <Tool
            label={t.settings.bold}
            onUse={() => format("bold")}
            icon={<IconBold size={18} aria-hidden />}
          />
          <Tool
            label={t.settings.italic}
            onUse={() => format("italic")}
            icon={<IconItalic size={18} aria-hidden />}
          />
          <Tool label={t.settings.link} onUse={link} icon={<IconLink size={18} aria-hidden />} />
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a textarea holds no bold and no links */}
        <div
          ref={area}
          className={classes.area}
          contentEditable
          suppressContentEditableWarning
          role="textbox"
          aria-multiline
          aria-labelledby={`${id}-label`}
          aria-describedby={error ? `${id}-description ${id}-error` : `${id}-description`}
          aria-invalid={Boolean(error)}
          data-path="signature"
          tabIndex={0}
          onInput={tell}
          onPaste={(event) => {
            event.preventDefault();
            format("insertText", event.clipboardData.getData("text/plain"));
          }}
        />
      </div>
    </Input.Wrapper>
  );
}

function Tool({ label, onUse, icon }: { label: string; onUse: () => void; icon: ReactNode }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      // The selection in the text must survive the click.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onUse}
    >
      {icon}
    </ActionIcon>
  );
}
