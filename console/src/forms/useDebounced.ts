import { useEffect, useLayoutEffect, useRef, useState } from "react";

interface Debounced<Args extends unknown[]> {
  (...args: Args): void;
  /** Makes the call that is pending now. */
  flush: () => void;
  /** Forgets the call that is pending. */
  cancel: () => void;
}

/**
 * Calls at once, and once more with the latest arguments when `delay` milliseconds have passed without
 * another call. (Mantine's, when it calls at once, never makes the later call.)
 */
export function debounce<Args extends unknown[]>(
  call: (...args: Args) => void,
  delay: number,
): Debounced<Args> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pending: Args | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    const args = pending;
    pending = undefined;
    return args;
  };
  const flush = () => {
    const args = stop();
    if (args) call(...args);
  };
  const debounced = (...args: Args) => {
    const isFirst = timer === undefined;
    stop();
    if (!isFirst) pending = args;
    timer = setTimeout(flush, delay);
    if (isFirst) call(...args);
  };
  return Object.assign(debounced, { flush, cancel: () => void stop() });
}

/** The same for a component: its latest `callback` is called; what is pending when it goes is called then. */
export function useDebounced<Args extends unknown[]>(
  callback: (...args: Args) => void,
  delay: number,
): Debounced<Args> {
  const latest = useRef(callback);
  useLayoutEffect(() => {
    latest.current = callback;
  });
  const [debounced] = useState(() => debounce((...args: Args) => latest.current(...args), delay));
  useEffect(() => () => debounced.flush(), [debounced]);
  return debounced;
}
