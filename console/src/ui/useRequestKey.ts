import { useRef } from "react";

/**
 * Gives the same key for the same content, so that trying again after a lost answer does not mail
 * twice, and another key once the content has changed.
 */
export function useRequestKey(newKey: () => string): (content: unknown) => string {
  const last = useRef({ content: "", key: "" });
  return (content) => {
    const text = JSON.stringify(content);
    if (text !== last.current.content) last.current = { content: text, key: newKey() };
    return last.current.key;
  };
}
