/** The HTML of what was typed: plain text keeps its line breaks, HTML stays as it is. */
export function signatureHtml(typed: string): string {
  if (/<[a-z][^>]*>/i.test(typed)) return typed;
  return typed.trim().split(/\r?\n/).map(escapeText).join("<br>");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
