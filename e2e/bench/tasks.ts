import type { CDPSession, Page } from '@playwright/test';

/** What the main thread of a page did, from the browser's own trace. */

export interface Task {
  /** As long as it took, ms: on a busy machine longer than the work in it. */
  ms: number;
  /** Time of the processor in it, ms: the same on a busy machine. */
  cpuMs: number;
  /** What it was spent on, the most first: “script 40, layout 12”. */
  of: string;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string; data?: { frames?: { url?: string }[] } };
}

/** The names that the browser gives to work, and ours. The first that a task holds counts for what is inside it. */
const KINDS: Readonly<Record<string, string>> = {
  MinorGC: 'garbage',
  MajorGC: 'garbage',
  'V8.GCScavenger': 'garbage',
  UpdateLayoutTree: 'style',
  Layout: 'layout',
  PrePaint: 'paint',
  Paint: 'paint',
  Layerize: 'paint',
  FunctionCall: 'script',
  RunMicrotasks: 'script',
  EvaluateScript: 'script',
  'v8.evaluateModule': 'script',
  'v8.compileModule': 'compile',
  HandlePostMessage: 'message',
  'V8.DeserializeValue': 'message',
};

/** Traces the page's process until `end`, which gives its tasks of 10 ms or more of the processor, the longest first. */
export async function traceTasks(page: Page): Promise<{ end(): Promise<Task[]> }> {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const categories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8', '__metadata'];
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories, recordMode: 'recordAsMuchAsPossible' },
  });
  return {
    async end() {
      const done = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
      await devtools.send('Tracing.end');
      await done;
      await devtools.detach();
      return tasksIn(events);
    },
  };
}

export function tasksIn(events: readonly TraceEvent[]): Task[] {
  const mains = new Set(
    events
      .filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const whole = events.filter(({ ph, pid, tid }) => ph === 'X' && mains.has(`${pid} ${tid}`));
  const tasks = whole.filter(({ name, tdur = 0 }) => name === 'RunTask' && tdur >= 10_000);
  return tasks
    .map((task) => ({ ms: (task.dur ?? 0) / 1000, cpuMs: (task.tdur ?? 0) / 1000, of: parts(task, whole) }))
    .toSorted((one, other) => other.cpuMs - one.cpuMs);
}

function parts(task: TraceEvent, events: readonly TraceEvent[]): string {
  const end = task.ts + (task.dur ?? 0);
  const inside = events
    .filter(
      ({ name, pid, tid, ts }) => name in KINDS && pid === task.pid && tid === task.tid && ts >= task.ts && ts < end,
    )
    .toSorted((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  const sums = new Map<string, number>();
  const open: { until: number; kind: string }[] = [];
  for (const { name, ts, dur = 0, tdur = 0 } of inside) {
    while (open.length > 0 && (open.at(-1)?.until ?? 0) <= ts) open.pop();
    const kind = KINDS[name] ?? '';
    const around = open.at(-1)?.kind;
    // Of what stands inside something else of its kind, nothing is counted twice.
    if (around !== kind) {
      sums.set(kind, (sums.get(kind) ?? 0) + tdur / 1000);
      if (around !== undefined) sums.set(around, (sums.get(around) ?? 0) - tdur / 1000);
    }
    open.push({ until: ts + dur, kind });
  }
  const named = [...sums.values()].reduce((sum, ms) => sum + ms, 0);
  sums.set('other', (task.tdur ?? 0) / 1000 - named);
  return [...sums]
    .filter(([, ms]) => ms >= 1)
    .toSorted(([, one], [, other]) => other - one)
    .map(([kind, ms]) => `${kind} ${Math.round(ms)}`)
    .join(', ');
}

interface Goal {
  most: number;
}

/** The longest task by the time of the processor in it, and what it was spent on. */
export function tellTasks(
  tell: (name: string, value: number, unit: string, goal: Goal) => void,
  name: string,
  tasks: readonly Task[],
): void {
  const [longest] = tasks;
  const over = tasks.filter(({ cpuMs }) => cpuMs > 50).length;
  const more = over > 1 ? `, ${over} beyond 50 ms` : '';
  tell(longest ? `${name} (${longest.of}${more})` : name, longest?.cpuMs ?? 0, 'ms', { most: 50 });
}
