import { Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { Link, useLocation, useParams } from "wouter";
import { ApiProblem } from "../api/problem";
import type { Group } from "../api/types";
import { useNewForm } from "../forms/useNewForm";
import { useStoredForm } from "../forms/useStoredForm";
import { useLanguage } from "../i18n/language";
import { NotFound } from "../shell/NotFound";
import { PageLoading } from "../shell/PageLoading";
import { ErrorAlert } from "../ui/ErrorAlert";
import { Notice } from "../ui/Notice";
import { PageError } from "../ui/PageError";
import { PageHeader } from "../ui/PageHeader";
import { toastDone } from "../ui/toast";
import { useConfirm } from "../ui/useConfirm";
import { BackToSettings } from "./BackToSettings";
import { bodyOf, GroupForm, type GroupValues, newValues, valuesOf } from "./GroupForm";
import {
  useCampaignsOf,
  useCreateGroup,
  useDeleteGroup,
  useFetchGroup,
  useGroup,
  useReplaceGroup,
} from "./queries";
import classes from "./recipients.module.css";

const NEW = "nouvelle";
const LIST = "/parametres/listes";

/** A group of recipients, new or stored. */
export function GroupPage() {
  const { id = NEW } = useParams<{ id: string }>();
  return (
    <>
      <BackToSettings toGroups />
      {id === NEW ? <NewGroup /> : <StoredGroup key={id} id={id} />}
    </>
  );
}

function NewGroup() {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const create = useCreateGroup();
  const editing = useNewForm({
    key: "group.new",
    initial: newValues(),
    make: (values: GroupValues, keyOf) => create(bodyOf(values), keyOf(bodyOf(values))),
    onMade: () => toastDone(t.recipients.groupCreated, t),
  });
  return (
    <>
      <PageHeader title={t.recipients.newGroup} />
      <GroupForm editing={editing} onSubmit={() => editing.submit(() => navigate(LIST))} />
    </>
  );
}

function StoredGroup({ id }: { id: string }) {
  const { data, error, refetch } = useGroup(id);
  if (data) return <EditGroup group={data} />;
  if (error instanceof ApiProblem && error.status === 404) return <NotFound />;
  return error ? <PageError error={error} onRetry={() => void refetch()} /> : <PageLoading />;
}

function EditGroup({ group }: { group: Group }) {
  const { t } = useLanguage();
  const confirm = useConfirm();
  const [, navigate] = useLocation();
  const replace = useReplaceGroup(group.id);
  const remove = useDeleteGroup(group.id);
  const editing = useStoredForm({
    key: `group.${group.id}`,
    stored: group,
    valuesOf,
    readOf: ({ version }) => ({ version }),
    save: (values, { version }) => replace({ ...bodyOf(values), version }),
    fetchStored: useFetchGroup(group.id),
  });
  const onConfirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        toastDone(t.recipients.groupDeleted, t);
        navigate(LIST);
      },
    });
  const ask = () =>
    confirm({
      title: t.recipients.deleteTitle(group.name),
      text: t.recipients.deleteText,
      confirm: t.common.delete,
      danger: true,
      onConfirm,
    });
  return (
    <>
      <PageHeader
        title={group.name}
        actions={
          <Button variant="default" onClick={ask} leftSection={<IconTrash size={18} aria-hidden />}>
            {t.common.delete}
          </Button>
        }
      />
      {remove.error && <NotDeleted group={group} error={remove.error} />}
      <GroupForm editing={editing} onSubmit={() => editing.submit()} />
    </>
  );
}

/** Why it is still there: the campaigns that send to it, each with the way to it. */
function NotDeleted({ group, error }: { group: Group; error: unknown }) {
  const inUse = error instanceof ApiProblem && error.code === "group_in_use";
  return (
    <div className={classes.notice}>
      {inUse ? <InUse group={group} /> : <ErrorAlert error={error} />}
    </div>
  );
}

function InUse({ group }: { group: Group }) {
  const { t } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const { data } = useCampaignsOf(group.id);
  useEffect(() => {
    place.current?.scrollIntoView({ block: "center" });
  }, []);
  return (
    <div ref={place}>
      <Notice tone="red" role="alert" title={t.recipients.inUseTitle}>
        {t.recipients.inUse}
        {data && (
          <ul>
            {data.map(({ id, name }) => (
              <li key={id}>
                <Link href={`/campagnes/${id}/modifier`}>{name}</Link>
              </li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
}
