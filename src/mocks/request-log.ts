import { decode } from './router';

/** One request as the homeserver saw it. */
export interface LogEntry {
  readonly method: string;
  /** The path with each piece decoded; a `/` inside an id reads like a separator here, `pieces` tells them apart. */
  readonly path: string;
  readonly rawPath: string;
  readonly pieces: readonly string[];
  readonly query: URLSearchParams;
  /** Parsed JSON, else the text (bodies over 100 kB are left out). */
  readonly body: unknown;
  /** Epoch ms by the model's clock. */
  readonly startedAt: number;
  endedAt: number | null;
  /** null while in flight; 0 when the connection was cut, or whoever asked had gone before the answer. */
  status: number | null;
  /** What the rule itself answered, whatever a fault then made of it; null where the work was never begun. */
  worked: number | null;
  /** User id of the token's owner, once known. */
  who: string | null;
  /** The fault that was played, if one was. */
  fault: string | null;
}

/** Every request, preflights too. `peak` and `inFlight` leave preflights out. */
export class RequestLog {
  #entries: LogEntry[] = [];
  #inFlight = 0;
  #peak = 0;

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** The most requests that were in flight at once since the last `clear()`. */
  get peak(): number {
    return this.#peak;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Requests of one method whose decoded path fits. */
  of(method: string, path: RegExp = /^/): LogEntry[] {
    return this.#entries.filter((entry) => entry.method === method && path.test(entry.path));
  }

  count(method: string, path?: RegExp): number {
    return this.of(method, path).length;
  }

  /** Requests that could have changed something: all but GET, HEAD and OPTIONS. */
  writes(path: RegExp = /^/): LogEntry[] {
    return this.#entries.filter((entry) => !/^(GET|HEAD|OPTIONS)$/.test(entry.method) && path.test(entry.path));
  }

  clear(): void {
    this.#entries = [];
    this.#peak = this.#inFlight;
  }

  begin(method: string, url: URL, bytes: Uint8Array<ArrayBuffer>, now: number): LogEntry {
    const pieces = url.pathname.split('/').map(decode);
    const entry: LogEntry = {
      method,
      path: pieces.join('/'),
      rawPath: url.pathname,
      pieces,
      query: url.searchParams,
      body: readable(bytes),
      startedAt: now,
      endedAt: null,
      status: null,
      worked: null,
      who: null,
      fault: null,
    };
    this.#entries.push(entry);
    if (method !== 'OPTIONS') {
      this.#inFlight += 1;
      this.#peak = Math.max(this.#peak, this.#inFlight);
    }
    return entry;
  }

  end(entry: LogEntry, status: number, now: number): void {
    entry.status = status;
    entry.endedAt = now;
    if (entry.method !== 'OPTIONS') this.#inFlight -= 1;
  }
}

function readable(bytes: Uint8Array<ArrayBuffer>): unknown {
  if (bytes.length === 0 || bytes.length > 100_000) return null;
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
