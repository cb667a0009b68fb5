import createClient, { type Middleware } from "openapi-fetch";
import { ApiProblem, NetworkError } from "./problem";
import type { paths } from "./schema";

type TokenSource = () => Promise<string | null>;

let token: TokenSource = async () => null;
let language = "";
let unauthorized: () => void = () => undefined;

/** Tell the client where tokens come from. */
export function tokensFrom(source: TokenSource): void {
  token = source;
}

/** The language in which the API words its errors. */
export function speak(value: string): void {
  language = value;
}

/** Call `listener` when the API no longer accepts the token. Returns how to stop. */
export function onUnauthorized(listener: () => void): () => void {
  unauthorized = listener;
  return () => {
    unauthorized = () => undefined;
  };
}

const authenticated: Middleware = {
  async onRequest({ request }) {
    await addHeaders(request.headers);
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) await refuse(response);
  },
  onError({ error }) {
    return new NetworkError(String(error));
  },
};

async function addHeaders(headers: Headers): Promise<void> {
  const value = await token().catch((error: unknown) => {
    throw new NetworkError(String(error));
  });
  if (value !== null) headers.set("Authorization", `Bearer ${value}`);
  headers.set("Accept", "application/json");
  if (language !== "") headers.set("Accept-Language", language);
}

async function refuse(response: Response): Promise<never> {
  if (response.status === 401) unauthorized();
  const body: unknown = await response.json().catch(() => ({}));
  throw new ApiProblem(response.status, typeof body === "object" && body !== null ? body : {});
}

export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => fetch(request),
});
api.use(authenticated);

/** The data of an answer that succeeded; failures have been thrown by then. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  return data as T;
}

/** Fetch something of the API that is not JSON, with the same token and errors. */
export async function fetchRaw(path: string, accept: string): Promise<Response> {
  const headers = new Headers();
  await addHeaders(headers);
  headers.set("Accept", accept);
  const response = await fetch(path, { headers }).catch((error: unknown) => {
    throw new NetworkError(String(error));
  });
  if (!response.ok) await refuse(response);
  return response;
}

/** A key that makes repeating a request after a lost answer harmless. */
export function newRequestKey(): string {
  return crypto.randomUUID();
}
