import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { debounce } from "../src/forms/useDebounced";

const DELAY = 300;

describe("what is typed", () => {
  let said: string[];
  let say: ReturnType<typeof debounce<[string]>>;

  beforeEach(() => {
    vi.useFakeTimers();
    said = [];
    say = debounce((text: string) => void said.push(text), DELAY);
  });
  afterEach(() => void vi.useRealTimers());

  it("is handed over as it begins, and whole after a pause", () => {
    for (const text of ["A", "AB", "ABC"]) {
      say(text);
      vi.advanceTimersByTime(DELAY - 1);
    }
    const typing = [...said];

    vi.advanceTimersByTime(DELAY);

    expect(typing).toEqual(["A"]);
    expect(said).toEqual(["A", "ABC"]);
  });

  it("is handed over once when it is one letter", () => {
    say("A");

    vi.advanceTimersByTime(10 * DELAY);
    say.flush();

    expect(said).toEqual(["A"]);
  });

  it("begins anew after a pause", () => {
    for (const text of ["A", "AB"]) {
      say(text);
      vi.advanceTimersByTime(2 * DELAY);
    }

    expect(said).toEqual(["A", "AB"]);
  });

  it("is handed over at once when its field is left, and not again", () => {
    say("A");
    say("AB");

    say.flush();
    vi.advanceTimersByTime(10 * DELAY);

    expect(said).toEqual(["A", "AB"]);
  });

  it("is forgotten when it has been saved", () => {
    say("A");
    say("AB");

    say.cancel();
    vi.advanceTimersByTime(10 * DELAY);

    expect(said).toEqual(["A"]);
  });
});
