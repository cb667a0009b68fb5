/** Gives the focus to what heads the page, because what had it goes. */
export function focusHeading(): void {
  document.querySelector("h1")?.focus({ preventScroll: true });
}
