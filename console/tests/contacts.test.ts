import { describe, expect, it } from "vitest";
import { contactsIn } from "../src/recipients/contacts";

const said = (text: string) => contactsIn(text)?.map(({ name, address }) => `${name}|${address}`);

describe("pasted contacts", () => {
  it("come from two columns of a spreadsheet, in either order, without the headings", () => {
    expect(said("Nom\tAdresse email\nZoé Łukasz\tzoe@x.fr\n\njean@x.fr\tJean Petit")).toEqual([
      "Zoé Łukasz|zoe@x.fr",
      "Jean Petit|jean@x.fr",
    ]);
  });

  it("have the names of several columns as one", () => {
    expect(said("Nom;Prénom;Email\nPetit;Jean;jean@x.fr")).toEqual(["Petit Jean|jean@x.fr"]);
  });

  it("come from the lines of a mail program", () => {
    expect(said('Zoé <zoe@x.fr>\r\n"Durand, Luc" <luc@x.fr>;Ana <ana@x.fr>, <b@x.fr>')).toEqual([
      "Zoé|zoe@x.fr",
      "Durand, Luc|luc@x.fr",
      "Ana|ana@x.fr",
      "|b@x.fr",
    ]);
  });

  it("may be addresses alone", () => {
    expect(said("a@x.fr, b@x.fr;c@x.fr d@x.fr\ne@x.fr Jean <f@x.fr>")).toEqual([
      "|a@x.fr",
      "|b@x.fr",
      "|c@x.fr",
      "|d@x.fr",
      "|e@x.fr",
      "Jean|f@x.fr",
    ]);
  });

  it("lose nobody who has no address", () => {
    expect(said("Zoé\tzoe@x.fr\nJean Petit\na@x.fr, Ana, Luc")).toEqual([
      "Zoé|zoe@x.fr",
      "Jean Petit|",
      "Ana Luc|a@x.fr",
    ]);
  });

  it("are none in a text without any address", () => {
    expect(contactsIn("Jean Petit")).toBeNull();
  });
});
