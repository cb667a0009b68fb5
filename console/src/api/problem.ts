/** Something wrong with one field of a request; `field` is its dotted path in the body. */
export interface FieldProblem {
  field: string;
  code: string;
  message: string;
}

/** What the API answers instead of what was asked (RFC 9457). `message` is in the reader's language. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly params: Record<string, string | number>;
  readonly fields: FieldProblem[];

  constructor(status: number, body: Partial<ProblemBody>) {
    super(body.detail ?? "");
    this.status = status;
    this.code = body.code ?? "unknown";
    this.requestId = body.request_id;
    this.params = body.params ?? {};
    this.fields = body.errors ?? [];
  }
}

/** The request did not reach the API, or its answer did not come back. */
export class NetworkError extends Error {}

interface ProblemBody {
  detail: string;
  code: string;
  request_id: string;
  params: Record<string, string | number>;
  errors: FieldProblem[];
}

export function isConflict(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === "version_conflict";
}
