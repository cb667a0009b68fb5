/** The attribute of whatever holds the fields of a list, of which only a page is there at a time. */
export const HOLDS = "data-rows";
const REACH = "facteur:reach";

interface FormNodes {
  getInputNode: (path: string) => unknown;
}

/** Does the field of this path stand on the page, or can it be brought there? */
export function isShown(form: FormNodes, field: string): boolean {
  return form.getInputNode(field) !== null || holderOf(field) !== null;
}

/** Brings a field of a list on the page and gives it the focus. */
export function reach(field: string): void {
  holderOf(field)?.dispatchEvent(new CustomEvent(REACH, { detail: field }));
}

/** Calls `listener` with the path of each field that is to be brought on the page, until `signal`. */
export function onReach(holder: Element, listener: (field: string) => void, signal: AbortSignal) {
  holder.addEventListener(REACH, (event) => listener((event as CustomEvent<string>).detail), {
    signal,
  });
}

function holderOf(field: string): Element | null {
  const [, list] = /^(\w+)\.\d+\.\w+$/.exec(field) ?? [];
  return list ? document.querySelector(`[${HOLDS}="${list}"]`) : null;
}
