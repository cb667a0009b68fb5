import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { once } from "../src/api/once";
import { ApiProblem, NetworkError } from "../src/api/problem";
import { forgetDrafts } from "../src/forms/drafts";
import { Form } from "../src/forms/Form";
import { FormFoot } from "../src/forms/FormFoot";
import { useNewForm } from "../src/forms/useNewForm";
import { useStoredForm } from "../src/forms/useStoredForm";
import { AddressesInput } from "../src/recipients/AddressesInput";
import { show } from "./page";

interface Stored {
  name: string;
  version: number;
}

/** Requests of a form, answered when the test says so. */
class Requests<Answer> {
  readonly made: unknown[][] = [];
  private answers: ((answer: Answer | Promise<Answer>) => void)[] = [];

  take = (...request: unknown[]): Promise<Answer> => {
    this.made.push(request);
    return new Promise((resolve) => this.answers.push(resolve));
  };

  answer = (value: Answer | Promise<Answer>) => this.answers.shift()?.(value);
}

function Rename({ stored, requests }: { stored: Stored; requests: Requests<Stored> }) {
  const editing = useStoredForm({
    key: "rename",
    stored,
    valuesOf: ({ name }: Stored) => ({ name }),
    readOf: ({ version }: Stored) => ({ version }),
    save: ({ name }, read) => requests.take(name, read.version),
    fetchStored: async () => ({ name: "de l’autre", version: 9 }),
  });
  return (
    <Form
      onSubmit={() => editing.submit()}
      saving={editing.saving}
      foot={<FormFoot editing={editing} />}
    >
      <input aria-label="Nom" {...editing.form.getInputProps("name")} />
      <span>{editing.form.errors.name}</span>
    </Form>
  );
}

const name = () => screen.getByLabelText<HTMLInputElement>("Nom");
const type = (value: string) => fireEvent.change(name(), { target: { value } });
const save = () => fireEvent.click(screen.getByRole("button", { name: "Enregistrer" }));
const kept = () => waitFor(() => expect(sessionStorage.length).toBe(1));
const first: Stored = { name: "enregistré", version: 1 };

describe("the form of something stored", () => {
  it("gives back what was typed, and saves it over the version it was typed over", async () => {
    const page = show(<Rename stored={first} requests={new Requests()} />);
    type("saisi");
    await kept();
    page.unmount();
    const requests = new Requests<Stored>();

    show(<Rename stored={{ name: "entre-temps", version: 2 }} requests={requests} />);

    await waitFor(() => expect(name().value).toBe("saisi"));
    expect(screen.getByText("Votre saisie précédente a été retrouvée.")).toBeTruthy();
    save();
    await waitFor(() => expect(requests.made).toEqual([["saisi", 1]]));
  });

  it("starts again from what is stored when what was typed is thrown away", async () => {
    show(<Rename stored={first} requests={new Requests()} />);
    type("saisi");
    await kept();

    fireEvent.click(screen.getByText("Repartir de la version enregistrée"));

    expect(name().value).toBe("enregistré");
    expect(sessionStorage.length).toBe(0);
  });

  it("is another's where another is signed in", async () => {
    const page = show(<Rename stored={first} requests={new Requests()} />, "claire@x.fr");
    type("IBAN de Claire");
    await kept();
    page.unmount();

    show(<Rename stored={first} requests={new Requests()} />, "zoe@y.fr");

    expect(name().value).toBe("enregistré");
    forgetDrafts();
    expect(sessionStorage.length).toBe(0);
  });

  it("saves once however often it is asked to, and cannot change meanwhile", async () => {
    const requests = new Requests<Stored>();
    show(<Rename stored={first} requests={requests} />);
    type("saisi");

    for (let time = 0; time < 3; time++) fireEvent.keyDown(name(), { key: "Enter", ctrlKey: true });

    await waitFor(() => expect(name().closest("[inert]")).not.toBeNull());
    expect(requests.made).toEqual([["saisi", 1]]);
    requests.answer({ name: "saisi", version: 2 });
    await waitFor(() => expect(name().closest("[inert]")).toBeNull());
    await waitFor(() => expect(sessionStorage.length).toBe(0));
  });

  it("shows the API's problems beside their fields and goes there", async () => {
    const requests = new Requests<Stored>();
    show(<Rename stored={first} requests={requests} />);
    save();
    await waitFor(() => expect(requests.made).toHaveLength(1));

    const errors = [{ field: "name", code: "x", message: "Trop court." }];
    requests.answer(Promise.reject(new ApiProblem(422, { errors })));

    await screen.findByText("Trop court.");
    await waitFor(() => expect(document.activeElement).toBe(name()));
  });

  it("says that another saved, overwrites nothing and loads what is stored when asked", async () => {
    const requests = new Requests<Stored>();
    show(<Rename stored={first} requests={requests} />);
    type("saisi");
    save();
    await waitFor(() => expect(requests.made).toHaveLength(1));
    const code = "version_conflict";
    requests.answer(Promise.reject(new ApiProblem(409, { code })));

    await screen.findByText("Modifié ailleurs entre-temps");
    expect(name().value).toBe("saisi");
    fireEvent.click(screen.getByRole("button", { name: "Charger la version enregistrée" }));

    await waitFor(() => expect(name().value).toBe("de l’autre"));
  });
});

function Post({ requests }: { requests: Requests<object> }) {
  const [made, setMade] = useState("");
  const editing = useNewForm({
    key: "post",
    initial: { cc: [] as string[] },
    make: (values, keyOf) => requests.take(values.cc, keyOf(values)),
    onMade: () => setMade("parti"),
  });
  const { form, saving, submit } = editing;
  return (
    <Form onSubmit={() => submit()} saving={saving} foot={<FormFoot editing={editing} />}>
      <AddressesInput label="Copies" {...form.getInputProps("cc")} />
      <output>{made}</output>
    </Form>
  );
}

describe("the form of something new", () => {
  it("takes in the address being typed before Ctrl+Enter sends it", async () => {
    const user = userEvent.setup();
    const requests = new Requests<object>();
    show(<Post requests={requests} />);

    await user.type(screen.getByLabelText("Copies"), "b@x.fr{Control>}{Enter}{/Control}");

    await waitFor(() => expect(requests.made[0]?.[0]).toEqual(["b@x.fr"]));
  });

  it("asks under the same key after a lost answer and a reload, under another once it is made", async () => {
    const user = userEvent.setup();
    const requests = new Requests<object>();
    const page = show(<Post requests={requests} />);
    await user.type(screen.getByLabelText("Copies"), "b@x.fr ");
    save();
    await waitFor(() => expect(requests.made).toHaveLength(1));
    page.unmount();

    show(<Post requests={requests} />);
    await screen.findByText("b@x.fr");
    save();
    await waitFor(() => expect(requests.made).toHaveLength(2));
    requests.answer({});
    requests.answer({});
    await screen.findByText("parti");
    save();
    await waitFor(() => expect(requests.made).toHaveLength(3));

    const [one, again, other] = requests.made.map(([, key]) => key);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });
});

describe("a request without a form", () => {
  const keysOf = async (...answers: (() => Promise<unknown>)[]) => {
    const keys: string[] = [];
    for (const answer of answers) {
      const call = (key: string) => {
        keys.push(key);
        return answer();
      };
      await once("run C1", call).catch(() => undefined);
    }
    return keys;
  };
  const ok = async () => undefined;
  const lost = async () => Promise.reject(new NetworkError("lost"));
  const refused = async () => Promise.reject(new ApiProblem(409, {}));

  it("is the same one while its answer is not known", async () => {
    const [first, again] = await keysOf(lost, ok);

    expect(again).toBe(first);
  });

  it("is another one after an answer", async () => {
    expect(new Set(await keysOf(ok, ok, refused, ok)).size).toBe(4);
  });
});
