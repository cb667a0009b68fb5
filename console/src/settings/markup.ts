/** What a signature may hold, by the API's own rules; the rest is dropped, its text kept. */
const TAGS = new Set([
  "A",
  "B",
  "BR",
  "DIV",
  "EM",
  "I",
  "LI",
  "OL",
  "P",
  "SMALL",
  "SPAN",
  "STRONG",
  "U",
  "UL",
]);
const LINKS = /^(https?|mailto|tel):/i;

/** The harmless part of some HTML: it may be put in the page. */
export function harmless(html: string): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const fragment = document.createDocumentFragment();
  copyChildren(parsed.body, fragment);
  return fragment;
}

function copyChildren(from: Node, to: Node): void {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE)
      to.appendChild(document.createTextNode(child.textContent ?? ""));
    if (!(child instanceof HTMLElement)) continue;
    if (child.matches("script, style, template, title")) continue;
    copyChildren(child, TAGS.has(child.tagName) ? to.appendChild(emptied(child)) : to);
  }
}

function emptied(element: HTMLElement): HTMLElement {
  const copy = document.createElement(element.tagName);
  const href = element.getAttribute("href") ?? "";
  if (element.tagName === "A" && LINKS.test(href)) copy.setAttribute("href", href);
  if (element.style.color) copy.style.color = element.style.color;
  return copy;
}
