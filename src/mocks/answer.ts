/** What a rule gives back. `body` is sent as JSON unless `bytes` says otherwise. */
export interface Answer {
  status: number;
  body?: unknown;
  bytes?: { content: string | Uint8Array<ArrayBuffer>; type: string };
  headers?: Record<string, string>;
  /** §5.1: a few refusals come from below Synapse's resources and carry no CORS headers. */
  withoutCors?: boolean;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** A refusal as Synapse words it. */
export class MatrixError extends Error {
  readonly status: number;
  readonly errcode: string;
  readonly extra: Record<string, unknown>;

  constructor(status: number, errcode: string, error: string, extra: Record<string, unknown> = {}) {
    super(error);
    this.status = status;
    this.errcode = errcode;
    this.extra = extra;
  }

  answer(): Answer {
    return {
      status: this.status,
      body: { errcode: this.errcode, error: this.message, ...this.extra },
      ...(this.status === 429 && typeof this.extra['retry_after_ms'] === 'number'
        ? { headers: { 'Retry-After': String(Math.ceil(this.extra['retry_after_ms'] / 1000)) } }
        : {}),
    };
  }
}

/** 404 M_NOT_FOUND: the object is missing. */
export const notFound = (error = 'Not found'): MatrixError => new MatrixError(404, 'M_NOT_FOUND', error);

/** 404 M_UNKNOWN: the storage layer found no row (§0.1). */
export const noRow = (table: string): MatrixError => new MatrixError(404, 'M_UNKNOWN', `No row found (${table})`);

/** A plain `SynapseError(400, …)`: its errcode is M_UNKNOWN. */
export const bad = (error: string, errcode = 'M_UNKNOWN'): MatrixError => new MatrixError(400, errcode, error);

export const forbidden = (error: string, errcode = 'M_FORBIDDEN'): MatrixError => new MatrixError(403, errcode, error);

/** 404 M_UNRECOGNIZED: no such endpoint. 405 with the same code: not with this method. Before 1.74 both are 400. */
export const unrecognized = (status: 400 | 404 | 405): MatrixError =>
  new MatrixError(status, 'M_UNRECOGNIZED', 'Unrecognized request');

/** `errors.py:555-586` */
export const limitExceeded = (retryAfterMs: number): MatrixError =>
  new MatrixError(429, 'M_LIMIT_EXCEEDED', 'Too Many Requests', { retry_after_ms: retryAfterMs });
