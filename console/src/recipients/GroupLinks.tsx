import { Link } from "wouter";
import { useLanguage } from "../i18n/language";
import { useAllGroups } from "./queries";

/** Groups by name and count, each with the way to it; one that is gone says so. */
export function GroupLinks({ ids }: { ids: string[] }) {
  const { t } = useLanguage();
  const { data: all } = useAllGroups(true);
  return all
    ? ids.map((id) => {
        const group = all.find((one) => one.id === id);
        return (
          <div key={id}>
            {group ? (
              <Link href={`/parametres/listes/${id}`}>
                {t.recipients.groupTag(group.name, group.count)}
              </Link>
            ) : (
              t.recipients.groupGone
            )}
          </div>
        );
      })
    : t.common.loading;
}
