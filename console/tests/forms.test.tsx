import { fireEvent, renderHook, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { ApiProblem } from "../src/api/problem";
import { AddressesInput } from "../src/ui/AddressesInput";
import { showProblems, useDraftForm } from "../src/ui/useDraftForm";
import { useRequestKey } from "../src/ui/useRequestKey";
import { VariableField } from "../src/ui/VariableField";
import { show } from "./page";

function Addresses() {
  const [value, setValue] = useState<string[]>([]);
  return (
    <>
      <AddressesInput label="Adresses" value={value} onChange={setValue} />
      <output>{value.join("|")}</output>
    </>
  );
}

describe("an address field", () => {
  it("takes what is typed at every separator and on leaving", async () => {
    const user = userEvent.setup();
    show(<Addresses />);

    await user.type(screen.getByLabelText("Adresses"), "a@x.fr, b@x.fr;c@x.fr");
    await user.tab();

    expect(screen.getByRole("status").textContent).toBe("a@x.fr|b@x.fr|c@x.fr");
  });

  it("takes a pasted list and drops duplicates", async () => {
    const user = userEvent.setup();
    show(<Addresses />);

    await user.click(screen.getByLabelText("Adresses"));
    await user.paste("a@x.fr\nB@x.fr\nA@X.fr");

    expect(screen.getByRole("status").textContent).toBe("a@x.fr|B@x.fr");
  });

  it("names every wrong address and lets it be removed", async () => {
    const user = userEvent.setup();
    show(<Addresses />);

    await user.type(screen.getByLabelText("Adresses"), "dupont, martin@ ");

    expect(screen.getByText(/« dupont » .*« martin@ »/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Retirer dupont" }));
    expect(screen.getByRole("status").textContent).toBe("martin@");
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

function Draft({ version = 1 }: { version?: number }) {
  const { form, restored, adopt, versionRead } = useDraftForm<{ name: string }>({
    key: "test",
    initial: { name: "enregistré" },
    version,
  });
  const refuse = () =>
    showProblems(
      form,
      new ApiProblem(422, { errors: [{ field: "name", code: "x", message: "Trop court." }] }),
    );
  return (
    <>
      <input aria-label="Nom" {...form.getInputProps("name")} />
      <output>{`${restored} v${versionRead()} ${form.errors.name ?? ""}`}</output>
      <button type="button" onClick={() => adopt({ name: "autre" }, 5)}>
        adopter
      </button>
      <button type="button" onClick={refuse}>
        refuser
      </button>
    </>
  );
}

describe("a form with a draft", () => {
  it("gives back what was typed, with the version it was typed over", async () => {
    const first = show(<Draft version={1} />);
    fireEvent.change(screen.getByLabelText("Nom"), { target: { value: "saisi" } });
    await waitFor(() => expect(sessionStorage.length).toBe(1));
    first.unmount();

    show(<Draft version={2} />);

    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>("Nom").value).toBe("saisi"));
    expect(screen.getByRole("status").textContent).toBe("true v1 ");
  });

  it("starts again from what is stored once that is taken over", async () => {
    show(<Draft />);
    fireEvent.change(screen.getByLabelText("Nom"), { target: { value: "saisi" } });
    await waitFor(() => expect(sessionStorage.length).toBe(1));

    fireEvent.click(screen.getByText("adopter"));

    expect(screen.getByLabelText<HTMLInputElement>("Nom").value).toBe("autre");
    expect(sessionStorage.length).toBe(0);
    expect(screen.getByRole("status").textContent).toBe("false v5 ");
  });

  it("shows the API's problems beside their fields and goes there", () => {
    show(<Draft />);

    fireEvent.click(screen.getByText("refuser"));

    expect(screen.getByRole("status").textContent).toContain("Trop court.");
    expect(document.activeElement).toBe(screen.getByLabelText("Nom"));
  });
});

describe("a request key", () => {
  it("stays while the content does, so that trying again mails once", () => {
    let made = 0;

    const { result } = renderHook(() => useRequestKey(() => `key ${++made}`));

    const keyOf = result.current;
    expect([keyOf({ to: "a" }), keyOf({ to: "a" }), keyOf({ to: "b" })]).toEqual([
      "key 1",
      "key 1",
      "key 2",
    ]);
  });
});
