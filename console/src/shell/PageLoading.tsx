import { Skeleton } from "@mantine/core";
import { useLanguage } from "../i18n/language";

/** The shape of a page that is on its way. */
export function PageLoading() {
  const { t } = useLanguage();
  return (
    <div role="status" aria-label={t.common.loading}>
      <Skeleton height={32} width="min(18rem, 60%)" mb="lg" />
      <Skeleton height={64} mb="xs" />
      <Skeleton height={64} mb="xs" />
      <Skeleton height={64} mb="xs" />
    </div>
  );
}
