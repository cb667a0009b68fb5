/** An address with the name of whom it belongs to. */
export type Contact = { name: string; address: string };

export const newContact = (): Contact => ({ name: "", address: "" });

const HEADINGS = new Set(
  [
    ...["nom", "prenom", "adresse", "adresse email", "adresse mail", "adresse e-mail", "courriel"],
    ...["email", "e-mail", "mail", "name", "first name", "last name", "surname", "address"],
    ...["email address", "e-mail address"],
  ].map(plain),
);

/**
 * The contacts in a pasted text, a line each or several in one: «Nom <adresse>», a name beside an
 * address in either order, as spreadsheets and mail programs copy them, or addresses alone. Null when
 * it has no address at all.
 */
export function contactsIn(text: string): Contact[] | null {
  if (!text.includes("@")) return null;
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
  return lines.filter((line) => !isHeading(line)).flatMap(contactsOfLine);
}

function isHeading(line: string): boolean {
  const cells = cellsOf(line);
  return cells.length > 0 && cells.every((cell) => HEADINGS.has(plain(cell)));
}

function contactsOfLine(line: string): Contact[] {
  const contacts: Contact[] = [];
  const names: string[] = [];
  for (const cell of cellsOf(line)) {
    const { name, addresses } = readCell(cell);
    if (name !== "") names.push(name);
    // What comes before several addresses names the last one, which stands in < and >.
    const named = addresses.pop();
    contacts.push(...addresses.map((address) => ({ name: "", address })));
    if (named) contacts.push({ name: names.splice(0).join(" "), address: named });
  }
  const name = names.join(" ");
  const last = contacts.at(-1);
  if (name === "") return contacts;
  if (last?.name === "") last.name = name;
  else contacts.push({ name, address: "" });
  return contacts;
}

function readCell(cell: string): { name: string; addresses: string[] } {
  const [, before = cell, bracketed = ""] = /^([^<>]*)<([^<>]*)>$/.exec(cell) ?? [];
  const words = before.split(/\s+/);
  const addresses = [...words.filter((word) => word.includes("@")), bracketed.trim()];
  return {
    name: words
      .filter((word) => !word.includes("@"))
      .join(" ")
      .trim(),
    addresses: addresses.filter((address) => address !== ""),
  };
}

/** What commas, semicolons and tabs separate, but for those within quotes; without the quotes. */
function cellsOf(line: string): string[] {
  const cells = line.match(/(?:"[^"]*"|[^",;\t])+/g) ?? [];
  return cells.map((cell) => cell.replaceAll('"', "").trim()).filter((cell) => cell !== "");
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[^\p{L}]/gu, "")
    .toLowerCase();
}
