import { describe, expect, it } from "vitest";
import { addressesIn, isPlausible } from "../src/recipients/addresses";
import { harmless } from "../src/settings/markup";
import { parseMail } from "../src/ui/mail";
import { escapeBraces, mistakesIn } from "../src/ui/variables";

describe("addresses", () => {
  it("are separated by commas, semicolons, spaces and new lines", () => {
    expect(addressesIn("a@x.fr, b@x.fr;c@x.fr\nd@x.fr  e@x.fr\t")).toEqual([
      "a@x.fr",
      "b@x.fr",
      "c@x.fr",
      "d@x.fr",
      "e@x.fr",
    ]);
  });

  it("lose the names that an address book copies with them", () => {
    const pasted = 'Jean Petit <jean@x.fr>; "Durand, Zoé" <zoe@x.fr>, <c@x.fr>\nd@x.fr';
    expect(addressesIn(pasted)).toEqual(["jean@x.fr", "zoe@x.fr", "c@x.fr", "d@x.fr"]);
    expect(addressesIn("a@x.fr Jean Petit <jean@x.fr>")).toEqual(["a@x.fr", "jean@x.fr"]);
    expect(addressesIn("Jean <jean@x.fr")).toEqual(["Jean", "<jean@x.fr"]);
  });

  it("are told from what cannot be one", () => {
    expect(isPlausible("zoé@société.fr")).toBe(true);
    expect(["a@x", "a.fr", "a@@x.fr", "@x.fr"].filter(isPlausible)).toEqual([]);
  });
});

describe("variables", () => {
  it("are known by name; others and lone braces are mistakes", () => {
    expect(mistakesIn("{document_name} {date} {{brut}}")).toEqual([]);
    expect(mistakesIn("{client} }")).toEqual([
      { kind: "unknown", name: "{client}" },
      { kind: "unbalanced" },
    ]);
  });

  it("come out of escaped text as they were", () => {
    expect(mistakesIn(escapeBraces("{x} et }"))).toEqual([]);
  });
});

describe("a signature put in the page", () => {
  it("keeps emphasis and links, and nothing that acts", () => {
    const html =
      '<p onclick="x()">Zoé <b>M.</b> <a href="https://x.fr">site</a><a href="javascript:x()">non</a></p><script>x()</script><img src=x onerror=x()>';
    const page = document.createElement("div");

    page.append(harmless(html));

    expect(page.innerHTML).toBe('<p>Zoé <b>M.</b> <a href="https://x.fr">site</a><a>non</a></p>');
  });
});

describe("a mail", () => {
  const source = [
    "From: Claire <claire@x.fr>",
    "To: =?utf-8?q?Zo=C3=A9?= <zoe@x.fr>,",
    " b@x.fr",
    'Content-Type: multipart/mixed; boundary="out=er"',
    "",
    "--out=er",
    'Content-Type: multipart/alternative; boundary="inner"',
    "",
    "--inner",
    'Content-Type: text/plain; charset="utf-8"',
    "Content-Transfer-Encoding: quoted-printable",
    "",
    "Bonjour, voil=C3=A0 une ligne tr=C3=A8s =",
    "longue.",
    "--inner",
    'Content-Type: text/html; charset="utf-8"',
    "Content-Transfer-Encoding: base64",
    "",
    "PHA+w4l0w6k8L3A+",
    "--inner--",
    "",
    "--out=er",
    "Content-Type: application/pdf",
    "Content-Transfer-Encoding: base64",
    "Content-Disposition: attachment; filename*=utf-8''Facture%20%C3%89t%C3%A9.pdf",
    "",
    "JVBERi0=",
    "--out=er--",
    "",
  ].join("\r\n");
  const mail = parseMail(new TextEncoder().encode(source).buffer);

  it("is read with its two bodies", () => {
    expect(mail.text.trim()).toBe("Bonjour, voilà une ligne très longue.");
    expect(mail.html).toBe("<p>Été</p>");
  });

  it("is read with whom it shows", () => {
    expect(mail.to).toBe("Zoé <zoe@x.fr>, b@x.fr");
  });

  it("is read with its files", () => {
    const [file] = mail.attachments;

    expect(file?.filename).toBe("Facture Été.pdf");
    expect(new TextDecoder().decode(file?.content)).toBe("%PDF-");
  });
});
