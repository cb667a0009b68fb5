/** Something wrong with one field of a request; `field` is its dotted path in the body. */
interface FieldProblem {
  field: string;
  code: string;
  message: string;
}

/** What the API answers instead of what was asked (RFC 9457). `message` is in the reader's language. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly fields: FieldProblem[];

  constructor(status: number, body: Partial<ProblemBody>) {
    super(body.detail ?? "");
    this.status = status;
    this.code = body.code ?? "unknown";
    this.requestId = body.request_id;
    this.fields = body.errors ?? [];
  }
}

/** The request did not reach the API, or its answer did not come back. */
export class NetworkError extends Error {}

interface ProblemBody {
  detail: string;
  code: string;
  request_id: string;
  errors: FieldProblem[];
}

export function isConflict(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === "version_conflict";
}
