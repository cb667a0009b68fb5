/** Gives the focus to what heads the page, because what had it goes. */
export function focusHeading(): void {
  take(document.querySelector("h1") ?? document.querySelector("main"));
}

/** What may have the focus, by itself or because a `tabindex` says so. */
const FOCUSABLE = "a[href], button, input, select, textarea, summary, iframe, [tabindex]";
/** The focus that is going elsewhere is there by then: a dialog gives it back after 10 ms. */
const SETTLED_MS = 60;
const KEPT = 10;

/**
 * Never leaves the focus on the body: when what had it goes or can have it no more, what had it
 * before takes it, in the dialog that is open if there is one, or else the heading. A field is no
 * such place: on a phone its keyboard would open. Returns how to stop.
 */
export function keepFocus(): () => void {
  let visited: HTMLElement[] = [];
  let timer = 0;
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    visited = [target, ...visited.filter((one) => one !== target)].slice(0, KEPT);
  };
  const onPointer = ({ target }: PointerEvent) => {
    // A click on nothing takes the focus away on purpose.
    if (target instanceof Element && !target.closest(FOCUSABLE)) visited = [];
  };
  const look = (again: boolean) => {
    timer = 0;
    const [last] = visited;
    if (last === undefined || !isNowhere() || canTake(last)) return;
    if (!again) return wait(true);
    const place = dialog() ?? document;
    const before = visited.find(
      (one) => canTake(one) && !one.matches("input, textarea") && place.contains(one),
    );
    if (before) take(before);
    else if (place instanceof HTMLElement) take(place);
    else focusHeading();
  };
  const wait = (again: boolean) => {
    timer ||= window.setTimeout(look, SETTLED_MS, again);
  };
  const observer = new MutationObserver(() => wait(false));
  document.addEventListener("focusin", onFocus);
  document.addEventListener("pointerdown", onPointer, true);
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ["disabled", "inert", "hidden", "open", "style", "class"],
  });
  return () => {
    observer.disconnect();
    window.clearTimeout(timer);
    document.removeEventListener("focusin", onFocus);
    document.removeEventListener("pointerdown", onPointer, true);
  };
}

function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function canTake(element: HTMLElement): boolean {
  return (
    element.isConnected && !element.matches(":disabled, [inert] *") && element.checkVisibility()
  );
}

/** The dialog on top. */
function dialog(): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>("[role=dialog]")].filter(canTake).at(-1);
}

function take(element: HTMLElement | null): void {
  if (element && !element.matches(FOCUSABLE)) element.tabIndex = -1;
  element?.focus({ preventScroll: true });
}
