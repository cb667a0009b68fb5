import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Link } from "wouter";
import classes from "./menu.module.css";

interface MenuAction {
  label: string;
  icon?: ReactNode;
  /** Where it leads, or else what it does. */
  href?: string;
  onSelect?: () => void;
  lang?: string;
  current?: boolean;
}

export type MenuEntry = MenuAction | { heading: string } | "divider";

interface TriggerProps {
  ref: Ref<HTMLButtonElement>;
  popoverTarget: string;
  "aria-haspopup": "menu";
  "aria-expanded": boolean;
  "aria-controls": string;
}

interface Props {
  label: string;
  entries: MenuEntry[];
  trigger: (props: TriggerProps) => ReactNode;
}

/** A menu under a button, in the browser's top layer. Arrows move, Escape and clicks outside close. */
export function ActionMenu({ label, entries, trigger }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState(false);
  const enter = () => {
    if (!button.current || !menu.current) return;
    place(menu.current, button.current);
    itemsOf(menu.current)[0]?.focus();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is entered when it opens
  useLayoutEffect(() => {
    if (opened) enter();
  }, [opened]);
  const toggled = (open: boolean) => {
    // The browser tells of a quick close and opening as one event, which changes no state here.
    if (open && opened) enter();
    setOpened(open);
  };
  const close = () => {
    menu.current?.hidePopover();
    button.current?.focus();
  };
  const select = (action: MenuAction) => {
    close();
    action.onSelect?.();
  };
  return (
    <>
      {trigger({
        ref: button,
        // The browser's own: a click on the button of an open menu closes it.
        popoverTarget: id,
        "aria-haspopup": "menu",
        "aria-expanded": opened,
        "aria-controls": id,
      })}
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className={classes.menu}
        onToggle={(event) => toggled(event.newState === "open")}
        onKeyDown={(event) => move(event, close)}
      >
        {opened &&
          entries.map((entry) => <Entry key={keyOf(entry)} entry={entry} onSelect={select} />)}
      </div>
    </>
  );
}

function Entry({ entry, onSelect }: { entry: MenuEntry; onSelect: (action: MenuAction) => void }) {
  if (entry === "divider") return <hr className={classes.divider} />;
  if ("heading" in entry) return <div className={classes.heading}>{entry.heading}</div>;
  const content = (
    <>
      {entry.icon}
      <span lang={entry.lang}>{entry.label}</span>
    </>
  );
  if (entry.href) {
    return (
      <Link
        href={entry.href}
        role="menuitem"
        tabIndex={-1}
        className={classes.item}
        onClick={() => onSelect(entry)}
      >
        {content}
      </Link>
    );
  }
  return (
    <button
      type="button"
      role="menuitem"
      aria-current={entry.current}
      tabIndex={-1}
      className={classes.item}
      onClick={() => onSelect(entry)}
    >
      {content}
    </button>
  );
}

function keyOf(entry: MenuEntry): string {
  if (entry === "divider") return entry;
  return "heading" in entry ? entry.heading : entry.label;
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>("[role=menuitem]")];
}

function move(event: KeyboardEvent<HTMLElement>, close: () => void): void {
  const items = itemsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const last = items.length - 1;
  const targets: Record<string, number> = {
    ArrowDown: at === last ? 0 : at + 1,
    ArrowUp: at <= 0 ? last : at - 1,
    Home: 0,
    End: last,
  };
  if (event.key === "Tab" || event.key === "Escape") close();
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  items[target]?.focus();
}

/** Under the button and within the window; above it where there is no room below. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const anchor = button.getBoundingClientRect();
  const gap = 6;
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = anchor.bottom + gap;
  const above = Math.max(gap, anchor.top - gap - height);
  const right = window.innerWidth - width - gap;
  menu.style.top = `${below + height > window.innerHeight ? above : below}px`;
  menu.style.left = `${Math.max(gap, Math.min(anchor.right - width, right))}px`;
}
