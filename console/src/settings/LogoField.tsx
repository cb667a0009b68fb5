import { Button, FileButton, Group, Input } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";
import { useLanguage } from "../i18n/language";
import classes from "./settings.module.css";

const MAX_BYTES = 100 * 1024;

/** The logo, kept as a `data:` URI. */
export function LogoField(props: {
  value: string;
  error: ReactNode;
  onChange: (value: string) => void;
}) {
  const { t } = useLanguage();
  const [tooLarge, setTooLarge] = useState(false);
  const forget = useRef<() => void>(null);
  const choose = (file: File | null) => {
    if (file === null) return;
    // Otherwise the browser says nothing when the same file is chosen again.
    forget.current?.();
    setTooLarge(file.size > MAX_BYTES);
    if (file.size > MAX_BYTES) return;
    const reader = new FileReader();
    reader.onload = () => props.onChange(String(reader.result));
    reader.readAsDataURL(file);
  };
  return (
    <Input.Wrapper
      labelElement="div"
      label={t.settings.logo}
      description={t.settings.logoHint}
      error={tooLarge ? t.settings.logoTooLarge : props.error}
    >
      <Group mt={4}>
        {props.value && <img src={props.value} alt={t.settings.logoAlt} className={classes.logo} />}
        <FileButton accept="image/png,image/jpeg" resetRef={forget} onChange={choose}>
          {(button) => (
            <Button variant="default" {...button}>
              {t.settings.logoChoose}
            </Button>
          )}
        </FileButton>
        {props.value && (
          <Button variant="subtle" onClick={() => props.onChange("")}>
            {t.settings.logoRemove}
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  );
}
