const KEY = "facteur.shortcuts";

/** Does this browser take single keys as shortcuts? They are in the way of speech input, say. */
export function hasShortcuts(): boolean {
  return localStorage.getItem(KEY) !== "off";
}

export function setShortcuts(on: boolean): void {
  localStorage.setItem(KEY, on ? "on" : "off");
}
