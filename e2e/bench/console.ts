import type { Page } from '@playwright/test';
import { formatBytes } from '../../src/lib/bytes.ts';
import { paths } from '../../src/lib/paths.ts';
import { traceTasks, type Task } from './tasks.ts';

/** What the console does with an answer of megabytes. */

const event = (index: number) => ({
  type: 'm.room.member',
  room_id: '!abcdefghijklmnopqr:bench.example',
  sender: `@user${index}:far.example`,
  content: { membership: index % 3 === 0 ? 'leave' : 'join', displayname: `Zoë ${index}`, avatar_url: null },
  state_key: `@user${index}:far.example`,
  origin_server_ts: 1_790_000_000_000 + index,
  unsigned: { age: 1000 + index },
  event_id: `$${String(index).padStart(43, 'x')}`,
  user_id: `@user${index}:far.example`,
});

/** The state of a room, as Synapse answers it. */
export function stateOfMb(mb: number): { state: object[] } {
  const count = Math.round((mb * 1_000_000) / inAscii(JSON.stringify(event(10_000))).length);
  return { state: Array.from({ length: count }, (_, index) => event(index)) };
}

/** As Synapse writes it: each character beyond ASCII is an escape. */
export const inAscii = (json: string): string =>
  json.replaceAll(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

const SETTLE_MS = 1000;

/** Sends a request whose answer is so large, and searches it. @returns the tasks of the main thread */
export async function sendInConsole(page: Page, mb: number): Promise<{ shown: Task[]; searched: Task[] }> {
  await page.evaluate((path) => {
    location.hash = `#${path}`;
  }, paths.console());
  const path = page.getByLabel('Path', { exact: true });
  await path.fill(`/_synapse/admin/v1/server_version?mb=${mb}`);
  const showing = await traceTasks(page);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const size = page.getByText(`· ${formatBytes(inAscii(JSON.stringify(stateOfMb(mb))).length)}`);
  await size.waitFor({ timeout: 120_000 });
  await page.getByLabel('Search the answer').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(SETTLE_MS);
  const shown = await showing.end();
  const searching = await traceTasks(page);
  await page.getByLabel('Search the answer').pressSequentially('user12', { delay: 300 });
  await page.getByText(/^Line 1 of /).waitFor({ timeout: 120_000 });
  await page.waitForTimeout(SETTLE_MS);
  const searched = await searching.end();
  await page.getByLabel('Search the answer').fill('');
  return { shown, searched };
}
