import { Drawer } from "@mantine/core";
import { useLanguage } from "../i18n/language";
import { PageLoading } from "../shell/PageLoading";
import { ErrorAlert } from "../ui/ErrorAlert";
import { Detail } from "./Detail";
import { useSend } from "./queries";

/** The detail of a send beside the list, under its own address. */
export function DetailDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      title={t.detail.title}
      position="right"
      size="40rem"
      padding="lg"
    >
      {id && <Loaded key={id} id={id} />}
    </Drawer>
  );
}

function Loaded({ id }: { id: string }) {
  const { data, error, refetch } = useSend(id);
  if (error && !data) return <ErrorAlert error={error} onRetry={() => void refetch()} />;
  return data ? <Detail send={data} /> : <PageLoading />;
}
