import { useForm } from "@mantine/form";
import { useEffect, useRef, useState } from "react";
import { newRequestKey } from "../api/client";
import { useSession } from "../session/session";
import { type Draft, forgetDraft, placeOf, readDraft, writeDraft } from "./drafts";
import { useDebounced } from "./useDebounced";

interface Options<Values, Read> {
  /** What the draft is of. */
  key: string;
  initial: Values;
  /** What was read with `initial`. */
  read: Read;
}

/**
 * A form whose unsaved values outlive a reload, a lost connection and an expired session: they are
 * kept in this tab until they are saved or thrown away, with what was read before they were typed.
 */
export function useDraftForm<Values extends Record<string, unknown>, Read>(
  options: Options<Values, Read>,
) {
  const { key, initial, read } = options;
  const place = placeOf(useSession().identity?.email ?? "", key);
  const [found] = useState(() => readDraft<Values, Read>(place));
  const base = useRef<Omit<Draft<Values, Read>, "values">>(found ?? { read });
  const keepNow = (values: Values) =>
    writeDraft<Values, Read>(place, {
      read: base.current.read,
      request: base.current.request,
      values,
    });
  // The first change at once, so that whoever looks for a draft right after it finds one.
  const keep = useDebounced(keepNow, 200);
  const form = useForm<Values>({ initialValues: initial, onValuesChange: keep });
  const [restored, setRestored] = useState(found !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft is put back once, on arrival
  useEffect(() => {
    if (found !== null) form.setValues(found.values);
  }, []);
  const forget = () => {
    keep.cancel();
    forgetDraft(place);
    delete base.current.request;
    setRestored(false);
  };
  /** Start again from `values`, with nothing unsaved. */
  const adopt = (values: Values, readNow: Read) => {
    base.current = { read: readNow };
    form.setInitialValues(values);
    form.setValues(values);
    form.resetDirty(values);
    form.clearErrors();
    forget();
  };
  /** What was read before typing began. */
  const readThen = () => base.current.read;
  /** The key of the request `body`: the same for the same body, until it has succeeded. */
  const requestKey = (body: unknown): string => {
    const content = JSON.stringify(body);
    const last = base.current.request;
    const request = last?.content === content ? last : { content, key: newRequestKey() };
    base.current.request = request;
    keep.cancel();
    keepNow(form.getValues());
    return request.key;
  };
  /** Has this very request been made, without an answer that settled it? */
  const isRepeated = (body: unknown): boolean =>
    base.current.request?.content === JSON.stringify(body);
  return { form, restored, adopt, forget, readThen, requestKey, isRepeated };
}
