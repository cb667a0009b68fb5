import { Button } from "@mantine/core";
import { IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { Link } from "wouter";
import type { GroupRow } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import { PageLoading } from "../shell/PageLoading";
import { EmptyState } from "../ui/EmptyState";
import { ErrorAlert } from "../ui/ErrorAlert";
import { PageHeader } from "../ui/PageHeader";
import { Pager } from "../ui/Pager";
import rows from "../ui/rows.module.css";
import { TableHead } from "../ui/TableHead";
import { useUrlFilters } from "../ui/useUrlFilters";
import { BackToSettings } from "./BackToSettings";
import { useGroups } from "./queries";
import classes from "./recipients.module.css";

/** «Listes de diffusion», newest first. */
export function GroupsPage() {
  const { t } = useLanguage();
  const { get, change } = useUrlFilters<"cursor">({ cursor: "page" });
  const { data, error, isPlaceholderData, refetch } = useGroups(get("cursor"));
  const isEmpty = data?.items.length === 0;
  return (
    <>
      <BackToSettings />
      <PageHeader
        title={t.recipients.groups}
        intro={t.recipients.groupsIntro}
        actions={data && !isEmpty && <NewGroupButton />}
      />
      {error && <ErrorAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {data && !isEmpty && <Rows groups={data.items} />}
      {isEmpty && (
        <EmptyState
          icon={<IconUsersGroup />}
          title={t.recipients.groupsNone}
          hint={t.recipients.groupsNoneHint}
        >
          <NewGroupButton />
        </EmptyState>
      )}
      {data && (
        <div className={classes.foot}>
          <Pager page={data} stale={isPlaceholderData} onTurn={(cursor) => change({ cursor })} />
        </div>
      )}
    </>
  );
}

function NewGroupButton() {
  const { t } = useLanguage();
  return (
    <Button
      component={Link}
      href="/parametres/listes/nouvelle"
      leftSection={<IconPlus size={18} aria-hidden />}
    >
      {t.recipients.newGroup}
    </Button>
  );
}

function Rows({ groups }: { groups: GroupRow[] }) {
  const { t } = useLanguage();
  const format = useFormat();
  const zone = useZone();
  return (
    <div className={`card ${rows.scroll}`}>
      <table className={rows.table}>
        <caption className="visually-hidden">{t.recipients.groups}</caption>
        <TableHead
          columns={[
            { label: t.recipients.groupName },
            { label: t.recipients.changedAt, width: "40%" },
          ]}
        />
        <tbody>
          {groups.map((group) => (
            <tr key={group.id}>
              <td>
                <Link
                  href={`/parametres/listes/${group.id}`}
                  className={rows.link}
                  title={group.name}
                >
                  {group.name}
                </Link>
                <span className={rows.minor}>{t.recipients.count(group.count)}</span>
              </td>
              <td>{format.instant(group.updated_at, zone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
