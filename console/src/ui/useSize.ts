import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";

/** A number of bytes in words: «15 ko». */
export function useSize(): (bytes: number) => string {
  const { t } = useLanguage();
  const { number } = useFormat();
  return (bytes) => {
    if (bytes < 1_000) return t.common.bytes(number(bytes));
    if (bytes < 1_000_000) return t.common.kilobytes(number(Math.round(bytes / 1_000)));
    return t.common.megabytes(number(bytes / 1_000_000));
  };
}
