import type { Browser, Page } from '@playwright/test';
import { preview } from 'vite';
import { paths } from '../../src/lib/paths.ts';
import { addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import { MockHomeserver } from '../../src/mocks/homeserver.ts';
import type { Member } from '../../src/mocks/state.ts';
import { serveModel } from '../model-server.ts';
import { inAscii, sendInConsole, stateOfMb } from './console.ts';
import { tellTasks, traceTasks, type Task } from './tasks.ts';

/**
 * How long the longest lists take to open in the built app: from the last byte of the homeserver's answer until the list is in sight.
 * Then each is scrolled and searched. And how long an answer of megabytes takes to show in the console.
 */

const MEMBERS = 20_000;
const EVENTS = 50_000;
const FILES = 50_000;

interface Goal {
  least?: number;
  most?: number;
}
export type Tell = (name: string, value: number, unit: string, goal?: Goal) => void;

interface Opened {
  /** From the end of the answer to the sight of the list, ms. */
  openMs: number;
  /** The tasks of the main thread while it was opened, and while it was scrolled and searched. */
  opening: Task[];
  using: Task[];
  /** The most that were in the document. */
  nodes: number;
}

/** Notes when a text is in sight for the first time. */
function watch(): void {
  const state: Watched = { wanted: '', seenAt: 0 };
  Object.assign(window, { opening: state });
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
  wanted: string;
  seenAt: number;
}

/** Long enough for what comes after the list is in sight: what is idle by then stays so. */
const SETTLE_MS = 1500;

/** @param answer what the URL of the answer holds @param text what stands there as soon as the list is in sight */
async function measure(page: Page, path: string, answer: string, text: string): Promise<Opened> {
  const beganAt = await page.evaluate((text) => {
    const { opening } = window as never as { opening: Watched };
    Object.assign(opening, { wanted: text, seenAt: 0 });
    return performance.now();
  }, text);
  const opening = await traceTasks(page);
  await page.evaluate((path) => {
    location.hash = `#${path}`;
  }, path);
  await page.waitForFunction(() => (window as never as { opening: Watched }).opening.seenAt > 0, null, {
    timeout: 120_000,
  });
  await page.waitForTimeout(SETTLE_MS);
  const opened = { opening: await opening.end() };
  const seen = await page.evaluate(
    ([answer, beganAt]) => {
      const { opening } = window as never as { opening: Watched };
      const answers = performance
        .getEntriesByType('resource')
        .filter(({ name, startTime }) => name.includes(answer) && startTime >= beganAt) as PerformanceResourceTiming[];
      // What was read before is there at once.
      const last = Math.max(beganAt, ...answers.map(({ responseEnd }) => responseEnd));
      return { openMs: opening.seenAt - last, nodes: document.querySelectorAll('*').length };
    },
    [answer, beganAt] as const,
  );
  const using = await traceTasks(page);
  const nodes = await page.evaluate(async () => {
    const table = document.querySelector('main :is(table, [role="table"])');
    let nodes = 0;
    for (let step = 0; step < 200; step += 1) {
      for (let one: Element | null = table; one; one = one.parentElement) one.scrollTop += 600;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      nodes = Math.max(nodes, document.querySelectorAll('*').length);
    }
    return nodes;
  });
  const search = page.getByRole('textbox', { name: /^Search / });
  if ((await search.count()) > 0) await search.pressSequentially('12', { delay: 300 });
  await page.waitForTimeout(SETTLE_MS);
  return { ...seen, ...opened, using: await using.end(), nodes: Math.max(seen.nodes, nodes) };
}

function fill(model: MockHomeserver): { roomId: string; userId: string } {
  const members: Record<string, 'join' | Member> = { [model.adminId]: 'join' };
  for (let index = 0; index < EVENTS; index += 1)
    members[`@u${index}:far.example`] = {
      membership: index < MEMBERS ? 'join' : 'leave',
      since: model.now(),
      displayname: `Zoë ${index}`,
    };
  const room = addRoom(model, { name: 'Large', creator: model.adminId, members });
  const { name: userId } = addUser(model, { localpart: 'hoarder' });
  for (let index = 0; index < FILES; index += 1) addMedia(model, { user_id: userId, upload_name: `file ${index}.png` });
  return { roomId: room.room_id, userId };
}

/** In ASCII, as Synapse writes it. And answers of any size, for the console. */
async function answer(model: MockHomeserver, request: Request): Promise<Response> {
  const mb = Number(new URL(request.url).searchParams.get('mb') ?? 0);
  const response = await model.handle(request);
  const { status, headers } = response;
  if (mb > 0) return new Response(inAscii(JSON.stringify(stateOfMb(mb))), { headers });
  const text = await response.text();
  return new Response(text === '' ? null : inAscii(text), { status, headers });
}

/** @param app the folder with the built app */
export async function openLarge(browser: Browser, app: string, tell: Tell): Promise<void> {
  const model = new MockHomeserver();
  const { roomId, userId } = fill(model);
  const served = await serveModel({ handle: (request) => answer(model, request) });
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
      tellTasks(tell, `open: ${what}, longest task`, opened.opening);
      tellTasks(tell, `open: ${what}, longest task while scrolled and searched`, opened.using);
      tell(`open: ${what}, most nodes`, opened.nodes, 'nodes', { most: 3000 });
    }
    for (const mb of [0.25, 1, 6, 20]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { shown, searched } = await sendInConsole(page, mb);
      tellTasks(tell, `console: an answer of ${mb} MB, longest task until it is in sight`, shown);
      tellTasks(tell, `console: an answer of ${mb} MB, longest task while it is searched`, searched);
    }
  } finally {
    await context.close();
    await server.close();
    await served.close();
  }
}
