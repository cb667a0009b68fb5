import type { ReactNode } from "react";
import { PageLoading } from "../shell/PageLoading";
import { PageError } from "../ui/PageError";
import { useSettings } from "./queries";

/** What starts from the organization's time zone, once it is known: today's date, say. */
export function WithZone({ children }: { children: (zone: string) => ReactNode }) {
  const { data, error, refetch } = useSettings();
  if (data) return children(data.timezone);
  return error ? <PageError error={error} onRetry={() => void refetch()} /> : <PageLoading />;
}
