import { invariant } from '~/lib/invariant';
import { unrecognized } from './answer';
import type { Method, Route, RouteOptions, Rule } from './call';

interface Entry {
  rule: Rule;
  options: RouteOptions;
}

interface Pattern {
  regexp: RegExp;
  names: string[];
  entries: Map<string, Entry>;
}

export interface Match extends Entry {
  parts: Record<string, string>;
}

/** Synapse's `JsonResource` (`http/server.py:480-570`): the still-encoded path is matched, each captured piece decoded. */
export class Router {
  readonly #patterns: Pattern[];

  constructor(routes: readonly Route[], available: (options: RouteOptions) => boolean) {
    const bySource = new Map<string, Pattern>();
    for (const { pattern, rules, ...options } of routes) {
      if (!available(options)) continue;
      const { source, names } = compile(pattern, options.open === true);
      const known = bySource.get(source) ?? { regexp: new RegExp(source), names, entries: new Map<string, Entry>() };
      for (const method of Object.keys(rules) as Method[]) {
        const rule = rules[method];
        invariant(rule, 'a rule is a function');
        known.entries.set(method, { rule, options });
      }
      bySource.set(source, known);
    }
    this.#patterns = [...bySource.values()];
  }

  /** @throws 404 or 405 M_UNRECOGNIZED */
  match(method: string, rawPath: string): Match {
    for (const { regexp, names, entries } of this.#patterns) {
      const found = regexp.exec(rawPath);
      if (!found) continue;
      const entry = entries.get(method === 'HEAD' ? 'GET' : method);
      if (!entry) throw unrecognized(405);
      return {
        ...entry,
        parts: Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? '')])),
      };
    }
    throw unrecognized(404);
  }
}

function compile(pattern: string, open: boolean): { source: string; names: string[] } {
  const names: string[] = [];
  const source = pattern
    .replaceAll('.', String.raw`\.`)
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      names.push(name);
      return '([^/]*)';
    })
    .replaceAll('<', '(?:')
    .replaceAll('>', ')');
  return { source: `^${source}${open ? '' : '$'}`, names };
}

/** Like Python's `unquote`: what is no valid escape stays as it is. */
export function decode(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}
