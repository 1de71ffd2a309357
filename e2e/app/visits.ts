import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { appUrl, expect } from '../fixtures.ts';

/** Every path of lib/paths.ts, as a first visit. A new path without a line here is a type error. */
const VISITS: Record<
  keyof typeof paths,
  (model: { adminId: string; roomId: string; destination: string; mxc: string; eventId: string }) => string
> = {
  home: () => paths.home(),
  users: () => paths.users(),
  createUser: () => paths.createUser(),
  importUsers: () => paths.importUsers(),
  scanUsers: () => paths.scanUsers(),
  onlyInMas: () => paths.onlyInMas(),
  user: ({ adminId }) => paths.user(adminId),
  dataRequest: ({ adminId }) => paths.dataRequest(adminId),
  rooms: () => paths.rooms(),
  room: ({ roomId }) => paths.room(roomId),
  events: () => paths.events(),
  event: ({ eventId }) => paths.event(eventId),
  media: () => paths.media(),
  file: ({ mxc }) => paths.file(mxc),
  reports: () => paths.reports(),
  messageReport: () => paths.messageReport('1'),
  userReport: () => paths.userReport('1'),
  notices: () => paths.notices(),
  registrationTokens: () => paths.registrationTokens(),
  masSessions: () => paths.masSessions(),
  policy: () => paths.policy(),
  mas: () => paths.mas(),
  moveLinks: () => paths.moveLinks(),
  background: () => paths.background(),
  statistics: () => paths.statistics(),
  federation: () => paths.federation(),
  destination: ({ destination }) => paths.destination(destination),
  console: () => paths.console(),
  jobs: () => paths.jobs(),
  job: () => paths.job('gone'),
  undoJob: () => paths.undoJob('gone'),
  undoFile: () => paths.undoFile(),
  bulk: () => paths.bulk('user.lock'),
  joinRooms: () => paths.joinRooms(),
  deleteMedia: () => paths.deleteMedia(),
  spamWave: () => paths.spamWave(),
  bridge: () => paths.bridge(),
  externalIds: () => paths.externalIds(),
};

/** In the demo, an admin has an email address, a link, sessions and tokens at MAS. */
const MAS_USER = '@second.admin:demo.example';

/** Nothing is loading any more: what is looked at is what a person gets to see. */
export async function settle(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

/** Opens every page, one after the other, at the width that the window has. @param see looks at it, once it is complete */
export async function visitAll(page: Page, model: MockHomeserver, see: (name: string) => Promise<void>): Promise<void> {
  const roomId = [...model.state.rooms.keys()][0] ?? '';
  const eventId = [...model.state.rooms.values()].flatMap(({ events }) => events)[0]?.event_id ?? '$none';
  const destination = [...model.state.destinations.keys()][0] ?? '';
  const mxc = `mxc://${model.serverName}/${[...model.state.media.keys()][0] ?? 'gone'}`;
  for (const [name, visit] of Object.entries(VISITS)) {
    await page.goto(appUrl(visit({ adminId: model.adminId, roomId, destination, mxc, eventId })));
    await settle(page);
    await see(name);
  }
}

/** What looks different where Matrix Authentication Service keeps the accounts, in its demo. */
const MAS_VISITS: readonly string[] = [
  paths.createUser(),
  paths.importUsers(),
  paths.onlyInMas(),
  ...['account', 'mas-sessions', 'emails', 'links', 'tokens'].map((tab) => `${paths.user(MAS_USER)}?tab=${tab}`),
  paths.registrationTokens(),
  paths.masSessions(),
  paths.policy(),
  ...['config', 'clients', 'upstream', 'emails'].map((tab) => `${paths.mas()}?tab=${tab}`),
  paths.moveLinks(),
];

/** The same for these, inside the page: another load would sign the demo in anew. */
export async function visitMas(page: Page, see: (name: string) => Promise<void>): Promise<void> {
  for (const visit of MAS_VISITS) {
    await page.evaluate((hash) => {
      window.location.hash = hash;
    }, visit);
    await expect(page).toHaveURL((url) => url.hash === `#${visit}`);
    await settle(page);
    await see(visit);
  }
}

export const WIDE = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };
