import { setTimeout as sleep } from 'node:timers/promises';
import { isAtLeast } from '../../src/lib/versions.ts';
import { battery } from './battery/all.ts';
import type { Case, Scene } from './battery/case.ts';
import { notYetThere } from './battery/since.ts';
import { knownDifferences } from './known-differences.ts';
import type { KnownDifference } from './known-differences.ts';
import { nullsLast, shapeOf, valuesAt } from './shape.ts';
import type { World } from './world.ts';

const UNTIL_MS = 15_000;
const BASE = 'http://127.0.0.1';

export interface Side {
  name: 'Synapse' | 'the model';
  send: (request: Request) => Promise<Response>;
  /** Where requests go; the model does not mind. */
  baseUrl?: string;
}

interface Seen {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface Difference {
  title: string;
  /** A path into the body, or `status`, `errcode`, `header x`, `value of x`, `documented`. */
  at: string;
  /** What each side says, for a human. */
  detail: string;
}

export interface ContractReport {
  passed: number;
  failed: number;
  skipped: number;
  cases: number;
  differences: Difference[];
  known: number;
}

function requestOf(test: Case, scene: Scene, baseUrl: string): Request {
  const { path, method = 'GET', as, json, raw, headers } = test.ask(scene);
  const sent = new Headers(headers);
  const token = as ?? scene.world.adminToken;
  if (token !== 'none') sent.set('Authorization', `Bearer ${token}`);
  if (json !== undefined) sent.set('Content-Type', 'application/json');
  // What a form would be sent as; Synapse reads JSON whatever the type says, and forms as query (§0.3).
  if (raw !== undefined && !sent.has('Content-Type')) sent.set('Content-Type', 'application/x-www-form-urlencoded');
  const body = json === undefined ? raw : JSON.stringify(json);
  return new Request(baseUrl + path, { method, headers: sent, body, signal: AbortSignal.timeout(30_000) });
}

async function look(side: Side, test: Case, scene: Scene): Promise<Seen> {
  const deadline = Date.now() + UNTIL_MS;
  for (;;) {
    const response = await side.send(requestOf(test, scene, side.baseUrl ?? BASE));
    const text = await response.text();
    let body: unknown = text;
    try {
      body = JSON.parse(text);
    } catch {
      // Not JSON: compared as text.
    }
    const seen = { status: response.status, headers: response.headers, body };
    if (!test.until || test.until(seen.status, body) || Date.now() > deadline) {
      for (const [name, at] of Object.entries(test.keep ?? {})) {
        const value = valuesAt(body, at)[0];
        if (typeof value === 'string' || typeof value === 'number') scene.kept.set(name, String(value));
      }
      return seen;
    }
    // A limit is reached by asking fast, a background task is waited for.
    if (!test.title.includes('429')) await sleep(100);
  }
}

const errcodeOf = (body: unknown): unknown => valuesAt(body, 'errcode')[0];

function verdict({ status, body }: Seen): string {
  const errcode = errcodeOf(body);
  return typeof errcode === 'string' ? `${status} ${errcode}` : String(status);
}

/** What the book says of this version. */
function saysAt({ ask, says, older = [] }: Case, scene: Scene, version: string): string {
  const { method = 'GET', path } = ask(scene);
  const formerly = older.find(([before]) => !isAtLeast(version, before))?.[1];
  return notYetThere(method, path, version) ?? formerly ?? says;
}

/** What the two answers differ in. */
function compare(test: Case, real: Seen, model: Seen): Difference[] {
  const found: Difference[] = [];
  const differ = (at: string, one: unknown, other: unknown): void => {
    if (JSON.stringify(one) === JSON.stringify(other)) return;
    found.push({
      title: test.title,
      at,
      detail: `Synapse: ${JSON.stringify(one)}, the model: ${JSON.stringify(other)}`,
    });
  };
  differ('status', verdict(real), verdict(model));
  for (const name of ['access-control-allow-origin', ...(test.headers ?? [])]) {
    differ(`header ${name}`, real.headers.get(name), model.headers.get(name));
  }
  // Where even the status differs, the bodies say nothing more.
  if (found.some(({ at }) => at === 'status')) return found;
  const shapes = [shapeOf(real.body), shapeOf(model.body)] as const;
  for (const at of new Set(shapes.flatMap((shape) => [...shape.keys()]))) {
    const above = at.replace(/(\.[^.]*|\[\])$/, '');
    const missing = shapes.some((shape) => !shape.has(at));
    // One missing object is one difference, not one for each key within.
    if (missing && above !== at && shapes.some((shape) => !shape.has(above))) continue;
    differ(`shape of ${at || 'the body'}`, shapes[0].get(at) ?? 'absent', shapes[1].get(at) ?? 'absent');
  }
  const { list, key } = test.sortedBy ?? { list: '', key: '' };
  const bodies = [real.body, model.body].map((body) => nullsLast(body, list, key));
  for (const at of test.same ?? []) differ(`value of ${at}`, valuesAt(bodies[0], at), valuesAt(bodies[1], at));
  return found;
}

/** Whether an entry speaks of this version at all. */
const concerns = ({ before, since }: KnownDifference, version: string): boolean =>
  (before === undefined || !isAtLeast(version, before)) && (since === undefined || isAtLeast(version, since));

const covers = (known: KnownDifference, { title, at }: Difference): boolean =>
  (known.titles === '*' || known.titles.includes(title)) && known.at.includes(at);

/** The parts of an entry that each have to occur: every place, for every title that it names. */
const partsOf = ({ titles, at }: KnownDifference): string[] =>
  at.flatMap((place) => (titles === '*' ? [partOf('*', place)] : titles.map((title) => partOf(title, place))));

const partOf = (title: string, at: string): string => `${title} — ${at}`;

/**
 * Sends the battery to the real Synapse and, where there is one, to the model; both are filled alike and
 * have the same ids. Fails what Synapse does otherwise than the book says, what the model does otherwise
 * than Synapse, and each known difference that is no more. `version` is the real one's. `tell` gets a line per failure.
 */
export async function runContract(
  world: World,
  version: string,
  real: Side,
  model: Side | undefined,
  tell: (line: string) => void,
): Promise<ContractReport> {
  const report: ContractReport = { passed: 0, failed: 0, skipped: 0, cases: battery.length, differences: [], known: 0 };
  const scenes = {
    real: { world, kept: new Map<string, string>() },
    model: { world, kept: new Map<string, string>() },
  };
  const used = new Map<KnownDifference, Set<string>>(
    knownDifferences.filter((known) => concerns(known, version)).map((known) => [known, new Set<string>()]),
  );
  for (const test of battery) {
    const failures: Difference[] = [];
    try {
      const seen = await look(real, test, scenes.real);
      const says = saysAt(test, scenes.real, version);
      if (verdict(seen) !== says) {
        const detail = `the book: ${says}, Synapse: ${verdict(seen)} ${JSON.stringify(seen.body).slice(0, 300)}`;
        failures.push({ title: test.title, at: 'documented', detail });
      }
      if (model) failures.push(...compare(test, seen, await look(model, test, scenes.model)));
    } catch (error) {
      failures.push({ title: test.title, at: 'answer', detail: String(error) });
    }
    const fresh = failures.filter((difference) => {
      const known = [...used.keys()].find((entry) => covers(entry, difference));
      if (known) used.get(known)?.add(partOf(known.titles === '*' ? '*' : difference.title, difference.at));
      return !known;
    });
    report.known += failures.length - fresh.length;
    report.differences.push(...fresh);
    if (fresh.length === 0) report.passed += 1;
    else {
      report.failed += 1;
      for (const { at, detail } of fresh) tell(`✗ ${test.title} — ${at}: ${detail}`);
    }
  }
  for (const [known, seen] of model ? used : []) {
    for (const part of partsOf(known)) {
      if (seen.has(part) || known.before !== undefined) continue;
      report.failed += 1;
      tell(`✗ A known difference is no more, take it off the list: ${part}`);
    }
  }
  return report;
}
