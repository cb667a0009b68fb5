import { useDebouncedValue } from "@mantine/hooks";
import { IconUsers } from "@tabler/icons-react";
import type { GroupRow, KnownRecipient } from "../api/types";
import { useLanguage } from "../i18n/language";
import type { Suggestion } from "../ui/useCombobox";
import { Flag } from "./Flag";
import { useAllGroups, useKnownRecipients } from "./queries";
import classes from "./recipients.module.css";

const PAUSE_MS = 200;
const MOST_GROUPS = 4;
const MOST = 10;

export type Proposal = { address: string } | { group: GroupRow };

interface Options {
  /** What is typed. */
  text: string;
  open: boolean;
  /** Addresses and groups that are there already. */
  taken: string[];
  withGroups?: boolean;
}

/** Known addresses, best match first, then groups, for what is typed. */
export function useProposals(options: Options): Suggestion<Proposal>[] {
  const { text, open, taken, withGroups = false } = options;
  const { t } = useLanguage();
  const now = text.trim();
  const [asked] = useDebouncedValue(now, PAUSE_MS);
  const { data, isError, isPlaceholderData } = useKnownRecipients(asked, open);
  const { data: all } = useAllGroups(open && withGroups);
  if (!open) return [];
  const there = new Set(taken.map((one) => one.toLowerCase()));
  const isOld = isPlaceholderData || asked !== now;
  // An answer to an older text must not offer what no longer fits.
  const known = (data?.items ?? []).filter(
    (one) => !there.has(one.address.toLowerCase()) && (!isOld || holds(one, now)),
  );
  // Not before the addresses, which come first: Enter would take a group for one of them.
  const isSettled = asked === now && (isError || (data !== undefined && !isPlaceholderData));
  const groups =
    isSettled && withGroups
      ? (all ?? []).filter(({ id, name }) => !there.has(id) && begins(name, now))
      : [];
  const shownGroups = groups.slice(0, MOST_GROUPS);
  return [
    ...known.slice(0, MOST - shownGroups.length).map(ofRecipient),
    ...shownGroups.map((group) => ({
      key: group.id,
      label: (
        <span className={classes.group}>
          <IconUsers size={16} aria-hidden />
          {group.name}
        </span>
      ),
      detail: t.recipients.groupDetail(group.count),
      value: { group },
    })),
  ];
}

function ofRecipient(one: KnownRecipient): Suggestion<Proposal> {
  const isFlagged = one.state !== "ok";
  return {
    key: one.address,
    label: one.address,
    detail: (one.name || isFlagged) && (
      <>
        {one.name && <span className={classes.name}>{one.name}</span>}
        {isFlagged && <Flag recipient={one} />}
      </>
    ),
    value: { address: one.address },
  };
}

/** Is each typed word somewhere in the address or the name? */
function holds({ address, name }: KnownRecipient, typed: string): boolean {
  const text = plain(`${address} ${name}`);
  return wordsOf(typed).every((word) => text.includes(word));
}

/** Does each typed word begin a word of the name? */
function begins(name: string, typed: string): boolean {
  const words = wordsOf(name);
  return wordsOf(typed).every((word) => words.some((one) => one.startsWith(word)));
}

function wordsOf(text: string): string[] {
  return plain(text).split(/\s+/).filter(Boolean);
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
