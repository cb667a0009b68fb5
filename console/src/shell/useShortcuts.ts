import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { hasShortcuts } from "./shortcuts";

const GO: Record<string, string> = { c: "/campagnes", h: "/historique", d: "/documents" };
const CHORD_MS = 1_500;

const IS_APPLE = /mac|iphone|ipad/i.test(navigator.platform);

/** The keys that open the palette. */
export const PALETTE_KEYS = IS_APPLE ? "⌘ K" : "Ctrl + K";

/**
 * Ctrl+K, or ⌘K on Apple's machines, where Ctrl+K deletes to the end of a line. Also while a person
 * types, but neither over a dialog nor where what is typed has a format, whose key for links it is.
 */
export function usePaletteKey(onOpen: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const [wanted, other] = IS_APPLE
        ? [event.metaKey, event.ctrlKey]
        : [event.ctrlKey, event.metaKey];
      const isKey =
        wanted && !other && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
      const formatted = event.target instanceof HTMLElement && event.target.isContentEditable;
      if (!isKey || event.defaultPrevented || formatted || isOpen("[role=dialog]")) return;
      event.preventDefault();
      onOpen();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onOpen]);
}

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
  return typing || isOpen("[role=dialog], [role=menu]:popover-open, [role=listbox]");
}

function isOpen(selector: string): boolean {
  return document.querySelector(selector) !== null;
}
