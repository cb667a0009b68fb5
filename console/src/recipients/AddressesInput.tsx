import { Pill, PillsInput, type PillsInputProps } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { useLanguage } from "../i18n/language";
import suggest from "../ui/suggest.module.css";
import { useCombobox } from "../ui/useCombobox";
import { addressesIn, isEnded, isPlausible, withoutDuplicates } from "./addresses";
import { FlaggedList, FlagWord } from "./Flag";
import { useAllGroups, useStandings } from "./queries";
import classes from "./recipients.module.css";
import { type Proposal, useProposals } from "./useProposals";

/** Addresses of a field of which it is asked what is known; the preview warns of any others. */
const LOOKED_UP = 20;

/** The groups of recipients that are chosen in the same field. */
interface GroupsField {
  value?: string[];
  onChange: (ids: string[]) => void;
  error?: ReactNode;
  "data-path"?: string;
}

interface Props extends Omit<PillsInputProps, "value" | "onChange" | "onBlur" | "onFocus"> {
  value?: string[];
  onChange: (value: string[]) => void;
  groups?: GroupsField;
  "data-path"?: string;
}

/**
 * Addresses as tags: commas, semicolons, spaces, new lines and pasted lists all separate them. Known
 * addresses are proposed, and groups where the field takes some.
 */
export function AddressesInput(all: Props) {
  const { value = [], onChange, groups, error, "data-path": path, ...props } = all;
  const { t } = useLanguage();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const chosen = groups?.value ?? [];
  const wrong = value.filter((address) => !isPlausible(address));
  const standings = useStandings(value.filter(isPlausible).slice(-LOOKED_UP));
  const flagged = [...standings.values()].filter(({ state }) => state !== "ok");
  const take = (text: string) => {
    onChange(withoutDuplicates([...value, ...addressesIn(text)]));
    setTyped("");
  };
  const remove = (address: string) => {
    onChange(value.filter((other) => other !== address));
    field.current?.focus();
  };
  const removeGroup = (group: string) => {
    groups?.onChange(chosen.filter((other) => other !== group));
    field.current?.focus();
  };
  const choose = (proposal: Proposal) => {
    if ("address" in proposal) return take(proposal.address);
    groups?.onChange([...chosen, proposal.group.id]);
    setTyped("");
  };
  const options = { text: typed, open, taken: [...value, ...chosen] };
  const combobox = useCombobox({
    suggestions: useProposals({ ...options, withGroups: groups !== undefined }),
    onChoose: choose,
    listLabel: t.recipients.known,
    countLabel: t.recipients.found,
    onOpenChange: setOpen,
    // What is an address is taken as it is typed.
    firstChosen: typed.trim() !== "" && !isPlausible(typed.trim()),
  });
  const type = (text: string) => {
    if (isEnded(text)) take(text);
    else setTyped(text);
    combobox.onType();
  };
  const toneOf = (address: string) => {
    if (!isPlausible(address)) return "red";
    return flagged.some((one) => one === standings.get(address)) ? "amber" : null;
  };
  const mistakes = wrong.map((address) => t.sendForm.badAddress(address)).join(" ");
  const last = value.at(-1);
  const lastGroup = chosen.at(-1);
  return (
    <div className={suggest.place}>
      <PillsInput {...props} id={id} error={error || groups?.error || mistakes || undefined}>
        <Pill.Group>
          {value.map((address) => {
            const standing = standings.get(address);
            return (
              <Tag
                key={address}
                name={address}
                onRemove={() => remove(address)}
                tone={toneOf(address)}
              >
                {address}
                {standing && <FlagWord recipient={standing} />}
              </Tag>
            );
          })}
          {chosen.length > 0 && <GroupTags ids={chosen} onRemove={removeGroup} />}
          {groups && (
            // Where the API's problems with groups lead to.
            // biome-ignore lint/a11y/noStaticElementInteractions: only a script gives it the focus
            <span
              data-path={groups["data-path"]}
              tabIndex={-1}
              className="visually-hidden"
              onFocus={() => field.current?.focus()}
            />
          )}
          <PillsInput.Field
            {...combobox.field}
            ref={field}
            data-path={path}
            inputMode="email"
            spellCheck={false}
            value={typed}
            onChange={(event) => type(event.currentTarget.value)}
            onPaste={(event) => {
              event.preventDefault();
              const { selectionStart, selectionEnd } = event.currentTarget;
              const pasted = event.clipboardData.getData("text/plain");
              const before = typed.slice(0, selectionStart ?? undefined);
              take(before + pasted + typed.slice(selectionEnd ?? undefined));
            }}
            onBlur={() => {
              if (typed) take(typed);
              combobox.close();
            }}
            onKeyDown={(event) => {
              if (combobox.onKey(event)) return;
              if (event.key === "Enter" && typed && !event.ctrlKey && !event.metaKey) {
                event.preventDefault();
                take(typed);
                combobox.close();
              }
              if (event.key !== "Backspace" || typed !== "") return;
              if (lastGroup) removeGroup(lastGroup);
              else if (last) remove(last);
            }}
          />
        </Pill.Group>
      </PillsInput>
      {combobox.list}
      <FlaggedList recipients={flagged} />
    </div>
  );
}

interface TagProps {
  name: string;
  onRemove: () => void;
  tone?: "red" | "amber" | "blue" | null;
  children: ReactNode;
}

function Tag({ name, onRemove, tone, children }: TagProps) {
  const { t } = useLanguage();
  return (
    <Pill
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{
        "aria-label": t.sendForm.removeAddress(name),
        tabIndex: 0,
        "aria-hidden": false,
      }}
      bg={tone ? `var(--tone-${tone}-back)` : undefined}
      c={tone ? `var(--tone-${tone}-text)` : undefined}
    >
      <span className={classes.tag}>{children}</span>
    </Pill>
  );
}

/** Groups by name and count; one that is gone says so. */
function GroupTags({ ids, onRemove }: { ids: string[]; onRemove: (id: string) => void }) {
  const { t } = useLanguage();
  const { data: all } = useAllGroups(true);
  return ids.map((id) => {
    const group = all?.find((one) => one.id === id);
    const name = group?.name ?? (all ? t.recipients.groupGone : t.common.loading);
    return (
      <Tag key={id} name={name} onRemove={() => onRemove(id)} tone={all && !group ? "red" : "blue"}>
        <IconUsers size={14} aria-hidden />
        {group ? t.recipients.groupTag(name, group.count) : name}
      </Tag>
    );
  });
}
