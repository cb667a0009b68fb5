import { newRequestKey } from "./client";
import { ApiProblem } from "./problem";

/** After that, asking again is meant as another request. */
const SAME_WITHIN_MS = 10 * 60_000;

const open = new Map<string, { key: string; since: number }>();

/**
 * Makes a request that no form keeps the key of. While its answer is not known, asking again is the
 * same request, which the API does once.
 */
export async function once<T>(request: string, call: (key: string) => Promise<T>): Promise<T> {
  const key = keyOf(request);
  try {
    const answer = await call(key);
    open.delete(request);
    return answer;
  } catch (error) {
    if (error instanceof ApiProblem && error.status < 500) open.delete(request);
    throw error;
  }
}

function keyOf(request: string): string {
  const known = open.get(request);
  if (known && Date.now() - known.since < SAME_WITHIN_MS) return known.key;
  const key = newRequestKey();
  open.set(request, { key, since: Date.now() });
  return key;
}
