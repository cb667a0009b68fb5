import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { hasShortcuts } from "./shortcuts";

const GO: Record<string, string> = { c: "/campagnes", h: "/historique", d: "/documents" };
const CHORD_MS = 1_500;

/** `/` search, `n` new, `g c`, `g h`, `g d`, `?` help; never while a person types, a dialog is open, or they are turned off. */
export function useShortcuts(onHelp: () => void): void {
  const [, navigate] = useLocation();
  const chord = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.defaultPrevented ||
        !hasShortcuts() ||
        isBusy(event.target)
      )
        return;
      const inChord = Date.now() - chord.current < CHORD_MS;
      chord.current = event.key === "g" ? Date.now() : 0;
      const path = GO[event.key];
      if (inChord && path) navigate(path);
      else if (!act(event.key, onHelp, navigate)) return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [navigate, onHelp]);
}

function act(key: string, onHelp: () => void, navigate: (path: string) => void): boolean {
  if (key === "?") onHelp();
  else if (key === "/") return focusSearch();
  else if (key === "n") create(navigate);
  else return false;
  return true;
}

function focusSearch(): boolean {
  const search = document.querySelector<HTMLInputElement>("input[type=search]");
  search?.focus();
  search?.select();
  return search !== null;
}

/** A page says what is new on it with `data-new`; elsewhere it is a campaign. */
function create(navigate: (path: string) => void): void {
  const button = document.querySelector<HTMLElement>("[data-new]");
  if (button) button.click();
  else navigate("/campagnes/nouvelle");
}

function isBusy(target: EventTarget | null): boolean {
  const typing =
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input:not([type=checkbox],[type=radio]), textarea, select"));
  return (
    typing ||
    document.querySelector("[role=dialog], [role=menu]:popover-open, [role=listbox]") !== null
  );
}
