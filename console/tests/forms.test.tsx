import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { AddressesInput } from "../src/recipients/AddressesInput";
import { TimeField } from "../src/ui/TimeField";
import { VariableField } from "../src/ui/VariableField";
import { show } from "./page";

function Addresses() {
  const [value, setValue] = useState<string[]>([]);
  return (
    <>
      <AddressesInput label="Adresses" value={value} onChange={setValue} />
      <output aria-label="Valeur">{value.join("|")}</output>
    </>
  );
}

describe("an address field", () => {
  it("takes what is typed at every separator and on leaving", async () => {
    const user = userEvent.setup();
    show(<Addresses />);

    await user.type(screen.getByLabelText("Adresses"), "a@x.fr, b@x.fr;c@x.fr");
    await user.tab();

    expect(screen.getByLabelText("Valeur").textContent).toBe("a@x.fr|b@x.fr|c@x.fr");
  });

  it("takes a pasted list and drops duplicates", async () => {
    const user = userEvent.setup();
    show(<Addresses />);

    await user.click(screen.getByLabelText("Adresses"));
    await user.paste("a@x.fr\nB@x.fr\nA@X.fr");

    expect(screen.getByLabelText("Valeur").textContent).toBe("a@x.fr|B@x.fr");
  });

  it("pastes in the place of what is selected", async () => {
    const user = userEvent.setup();
    show(<Addresses />);
    const input = screen.getByLabelText<HTMLInputElement>("Adresses");

    await user.type(input, "jean");
    input.setSelectionRange(0, 4);
    await user.paste("paul@x.fr");

    expect(screen.getByLabelText("Valeur").textContent).toBe("paul@x.fr");
  });

  it("names every wrong address and lets it be removed", async () => {
    const user = userEvent.setup();
    show(<Addresses />);

    await user.type(screen.getByLabelText("Adresses"), "dupont, martin@ ");

    expect(screen.getByText(/« dupont » .*« martin@ »/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Retirer dupont" }));
    expect(screen.getByLabelText("Valeur").textContent).toBe("martin@");
  });
});

function Subject() {
  const [value, setValue] = useState("Bonjour ");
  return <VariableField label="Objet" chips value={value} onChange={setValue} />;
}

describe("a field with variables", () => {
  it("puts one in where the caret is", async () => {
    const user = userEvent.setup();
    show(<Subject />);
    const input = screen.getByLabelText<HTMLInputElement>("Objet");
    input.setSelectionRange(0, 0);

    await user.click(screen.getByRole("button", { name: "Insérer {date} (Objet)" }));

    expect(input.value).toBe("{date}Bonjour ");
  });

  it("names an unknown one", () => {
    show(<Subject />);

    fireEvent.change(screen.getByLabelText("Objet"), { target: { value: "{client}" } });

    expect(screen.getByText(/« {client} » n’est pas une variable connue/)).toBeTruthy();
  });
});

function Hour() {
  const [value, setValue] = useState("08:00");
  return <TimeField label="Heure" value={value} onChange={setValue} />;
}

describe("an hour", () => {
  it("is put right when its field is left", async () => {
    const user = userEvent.setup();
    show(<Hour />);
    const input = screen.getByLabelText<HTMLInputElement>("Heure");

    await user.clear(input);
    await user.type(input, "0830");
    await user.tab();

    expect(input.value).toBe("08:30");
  });

  it("that is none is flagged when its field is left, and no longer when it is typed anew", async () => {
    const user = userEvent.setup();
    show(<Hour />);
    const input = screen.getByLabelText<HTMLInputElement>("Heure");

    await user.clear(input);
    await user.type(input, "25:00");
    expect(screen.queryByText("Ce n’est pas une heure (par exemple 08:30).")).toBeNull();
    await user.tab();
    expect(screen.getByText("Ce n’est pas une heure (par exemple 08:30).")).toBeTruthy();
    await user.type(input, "{Backspace}");

    expect(screen.queryByText("Ce n’est pas une heure (par exemple 08:30).")).toBeNull();
  });
});
