import type { Browser, Page } from '@playwright/test';
import { preview } from 'vite';
import { paths } from '../../src/lib/paths.ts';
import { addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { serveModel } from '../model-server.ts';

/**
 * How long the longest lists take to open in the built app: from the last byte of the homeserver's answer until the list is in sight.
 * Then each is scrolled to its end.
 */

const MEMBERS = 20_000;
const EVENTS = 50_000;
const FILES = 50_000;

interface Goal {
  least?: number;
  most?: number;
}
type Tell = (name: string, value: number, unit: string, goal?: Goal) => void;

interface Opened {
  /** From the end of the answer to the sight of the list, ms. */
  openMs: number;
  /** The longest task on the main thread while it was opened, and while it was scrolled, ms; 0: none of 50 ms. */
  openTaskMs: number;
  scrollTaskMs: number;
  /** The most that were in the document. */
  nodes: number;
}

/** Notes when a text is in sight for the first time, and each task of 50 ms or more. */
function watch(): void {
  const state = { tasks: [] as { at: number; ms: number }[], wanted: '', seenAt: 0 };
  Object.assign(window, { opening: state });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) state.tasks.push({ at: startTime, ms: duration });
  }).observe({ type: 'longtask', buffered: true });
  performance.setResourceTimingBufferSize(10_000);
  const look = () => {
    if (state.wanted !== '' && state.seenAt === 0) {
      const main = document.querySelector('main');
      const hasRows = document.querySelectorAll('main tr, main [role="row"]').length > 3;
      if (hasRows && main?.textContent.includes(state.wanted)) state.seenAt = performance.now();
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

interface Watched {
  tasks: { at: number; ms: number }[];
  wanted: string;
  seenAt: number;
}

/** @param answer what the URL of the answer holds @param text what stands there as soon as the list is in sight */
async function measure(page: Page, path: string, answer: string, text: string): Promise<Opened> {
  const beganAt = await page.evaluate((text) => {
    const { opening } = window as never as { opening: Watched };
    Object.assign(opening, { wanted: text, seenAt: 0, tasks: [] });
    return performance.now();
  }, text);
  await page.evaluate((path) => {
    location.hash = `#${path}`;
  }, path);
  await page.waitForFunction(() => (window as never as { opening: Watched }).opening.seenAt > 0, null, {
    timeout: 120_000,
  });
  const opened = await page.evaluate(
    ([answer, beganAt]) => {
      const { opening } = window as never as { opening: Watched };
      const answers = performance
        .getEntriesByType('resource')
        .filter(({ name, startTime }) => name.includes(answer) && startTime >= beganAt) as PerformanceResourceTiming[];
      // What was read before is there at once.
      const last = Math.max(beganAt, ...answers.map(({ responseEnd }) => responseEnd));
      return {
        openMs: opening.seenAt - last,
        openTaskMs: Math.max(0, ...opening.tasks.map(({ ms }) => ms)),
        nodes: document.querySelectorAll('*').length,
      };
    },
    [answer, beganAt] as const,
  );
  const scrolled = await page.evaluate(async () => {
    const { opening } = window as never as { opening: Watched };
    opening.tasks = [];
    const table = document.querySelector('main :is(table, [role="table"])');
    let nodes = 0;
    for (let step = 0; step < 200; step += 1) {
      for (let one: Element | null = table; one; one = one.parentElement) one.scrollTop += 600;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      nodes = Math.max(nodes, document.querySelectorAll('*').length);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { scrollTaskMs: Math.max(0, ...opening.tasks.map(({ ms }) => ms)), nodes };
  });
  return { ...opened, scrollTaskMs: scrolled.scrollTaskMs, nodes: Math.max(opened.nodes, scrolled.nodes) };
}

function fill(model: MockHomeserver): { roomId: string; userId: string } {
  const members: Record<string, 'join' | 'leave'> = { [model.adminId]: 'join' };
  for (let index = 0; index < EVENTS; index += 1)
    members[`@u${index}:far.example`] = index < MEMBERS ? 'join' : 'leave';
  const room = addRoom(model, { name: 'Large', creator: model.adminId, members });
  const { name: userId } = addUser(model, { localpart: 'hoarder' });
  for (let index = 0; index < FILES; index += 1) addMedia(model, { user_id: userId, upload_name: `file ${index}.png` });
  return { roomId: room.room_id, userId };
}

/** @param app the folder with the built app */
export async function openLarge(browser: Browser, app: string, tell: Tell): Promise<void> {
  const model = new MockHomeserver();
  const { roomId, userId } = fill(model);
  const served = await serveModel(model);
  const server = await preview({
    logLevel: 'error',
    build: { outDir: app },
    preview: { host: '127.0.0.1', port: 41790 },
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    await page.getByLabel('Homeserver URL').fill(served.url);
    await page.getByLabel('Access token').fill(model.adminToken);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: 'Account', exact: true }).waitFor();
    const lists = [
      ['20,000 members of a room', `${paths.room(roomId)}?tab=members`, '/members', '20,001 members'],
      ['50,000 state events of a room', `${paths.room(roomId)}?tab=state`, '/state', ' state events'],
      ['50,000 files of a user', `${paths.user(userId)}?tab=media`, '/media', '50,000 files'],
    ] as const;
    for (const [what, path, answer, text] of lists) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const opened = await measure(page, path, answer, text);
      tell(`open: ${what}, after the answer`, opened.openMs, 'ms', { most: 1000 });
      tell(`open: ${what}, longest task`, opened.openTaskMs, 'ms', { most: 50 });
      tell(`open: ${what}, longest task while scrolled`, opened.scrollTaskMs, 'ms', { most: 50 });
      tell(`open: ${what}, most nodes`, opened.nodes, 'nodes', { most: 3000 });
    }
  } finally {
    await context.close();
    await server.close();
    await served.close();
  }
}
