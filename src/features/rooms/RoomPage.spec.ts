import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement as h } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter, Route, Routes } from 'react-router';
import { expect, it, vi } from 'vitest';
import type { RoomBlock } from '~/api/rooms';
import { rooms } from '~/data/rooms';
import type { Session } from '~/data/session';
import { clock } from '~/lib/dates';
import { RoomPage } from './RoomPage';

const session = vi.hoisted((): Session => ({
  homeserver: { baseUrl: 'https://demo.example', token: 'x' },
  userId: '@admin:demo.example',
  serverName: 'demo.example',
  version: '1.163.0',
  mas: false,
  demo: false,
}));
vi.mock('~/data/session', async (original) => ({
  ...(await original<Record<string, unknown>>()),
  useSession: () => session,
}));

const ROOM = '!a:demo.example';
const NOT_BLOCKED: RoomBlock = { block: false, user_id: null };

it('the page of a room is as old as the oldest that it shows: whether the room is blocked, too', () => {
  const [older, newer] = [Date.UTC(2024, 0, 1, 8), Date.UTC(2024, 0, 1, 9, 30)];
  const client = new QueryClient();
  const { homeserver } = session;
  client.setQueryData(
    rooms.one(homeserver, ROOM).queryKey,
    { value: { room_id: ROOM }, problem: null },
    { updatedAt: newer },
  );
  client.setQueryData(rooms.block(homeserver, ROOM).queryKey, () => NOT_BLOCKED, { updatedAt: older });
  const page = h(Routes, null, h(Route, { path: '/:roomId', element: h(RoomPage) }));
  const routed = h(MemoryRouter, { initialEntries: [`/${encodeURIComponent(ROOM)}`] }, page);
  const markup = renderToStaticMarkup(
    h(I18nProvider, { i18n }, h(MantineProvider, null, h(QueryClientProvider, { client }, routed))),
  );
  expect(markup).toContain(`as of ${clock(older)}`);
  expect(markup).not.toContain(`as of ${clock(newer)}`);
});
