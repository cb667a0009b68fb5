import { Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useLanguage } from "../i18n/language";
import { messageOf } from "../ui/ErrorAlert";
import { LiveRegion } from "../ui/LiveRegion";
import classes from "./palette.module.css";
import { type Entry, useActions } from "./useActions";
import { useFound } from "./useFound";

const PAUSE_MS = 200;

interface Props {
  onClose: () => void;
  onHelp: () => void;
}

/**
 * Leads to every campaign, document and send, and to what may be done, by the keyboard alone: a
 * combobox whose list is always open. The first entry is the one that Enter takes.
 */
export function Palette({ onClose, onHelp }: Props) {
  const { t } = useLanguage();
  const [q, setQ] = useState("");
  const [sending, setSending] = useState(false);
  const groups = useGroups(q, sending, {
    onHelp,
    onSend: () => {
      setSending(true);
      setQ("");
    },
  });
  const title = sending ? t.palette.send : t.palette.title;
  useFocusGivenBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="38rem"
      yOffset="10vh"
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Combobox
        q={q}
        label={sending ? t.palette.sendField : t.palette.field}
        groups={groups}
        onType={setQ}
        onChoose={(entry) => {
          if (!entry.stays) onClose();
          entry.act();
        }}
      />
    </Modal>
  );
}

interface Groups {
  shown: [string, Entry[]][];
  searching: boolean;
  error: unknown;
}

function useGroups(
  q: string,
  sending: boolean,
  more: { onHelp: () => void; onSend: () => void },
): Groups {
  const { t } = useLanguage();
  const typed = q.trim();
  const [asked] = useDebouncedValue(typed, PAUSE_MS);
  const actions = useActions(typed, more);
  const { documents, campaigns, sends, searching, error } = useFound(asked, sending);
  const late = asked !== typed;
  const found: [string, Entry[]][] = [
    [t.shell.campaigns, campaigns],
    [t.shell.documents, documents],
    [t.palette.sends, sends],
  ];
  const all = [...(sending ? [] : [[t.common.actions, actions] as [string, Entry[]]])];
  if (!late) all.push(...found);
  return {
    shown: all.filter(([, entries]) => entries.length > 0),
    searching: late || searching,
    error,
  };
}

interface ComboboxProps {
  q: string;
  label: string;
  groups: Groups;
  onType: (q: string) => void;
  onChoose: (entry: Entry) => void;
}

function Combobox({ q, label, groups, onType, onChoose }: ComboboxProps) {
  const { t } = useLanguage();
  const list = useId();
  const [key, setKey] = useState("");
  const entries = groups.shown.flatMap(([, all]) => all);
  const at = Math.max(
    0,
    entries.findIndex((entry) => entry.key === key),
  );
  const idOf = (entry: Entry | undefined) => entry && `${list}-${entry.key}`;
  const current = entries[at];
  useEffect(() => {
    document.getElementById(`${list}-${current?.key}`)?.scrollIntoView({ block: "nearest" });
  }, [list, current?.key]);
  const move = (by: number) => setKey(entries.at((at + by) % entries.length)?.key ?? "");
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => current && onChoose(current),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.nativeEvent.isComposing ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const said = groups.searching ? t.common.loading : t.palette.found(entries.length);
  return (
    <>
      <TextInput
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={current !== undefined}
        aria-controls={current && list}
        aria-activedescendant={idOf(current)}
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        data-autofocus
        leftSection={<IconSearch size={18} aria-hidden />}
        value={q}
        onChange={(event) => {
          onType(event.currentTarget.value);
          setKey("");
        }}
        onKeyDown={onKeyDown}
      />
      <div className={classes.place}>
        {current && (
          <div role="listbox" id={list} aria-label={label} className={classes.list}>
            {groups.shown.map(([name, all]) => (
              // biome-ignore lint/a11y/useSemanticElements: options within a listbox are grouped so
              <div key={name} role="group" aria-label={name}>
                <div className={classes.group} aria-hidden>
                  {name}
                </div>
                {all.map((entry) => (
                  // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
                  // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's
                  <div
                    key={entry.key}
                    role="option"
                    id={idOf(entry)}
                    aria-selected={entry === current}
                    className={classes.option}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => onChoose(entry)}
                  >
                    <entry.Icon size={18} aria-hidden />
                    <span lang={entry.lang}>{entry.label}</span>
                    {entry.detail && <span className={classes.detail}>{entry.detail}</span>}
                  </div>
                ))}
              </div>
            ))}
          </div>
        )}
        {groups.error ? (
          <p role="alert" className={classes.foot}>
            {messageOf(groups.error, t)}
          </p>
        ) : (
          entries.length === 0 && <p className={classes.foot}>{said}</p>
        )}
      </div>
      <LiveRegion>{said}</LiveRegion>
    </>
  );
}

/** What had the focus gets it back, unless another page has come. */
function useFocusGivenBack(): void {
  const before = useRef(document.activeElement);
  useEffect(() => {
    const opener = before.current;
    return () => {
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    };
  }, []);
}
