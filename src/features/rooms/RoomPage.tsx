import { Page } from '~/ui/Page';

export function RoomPage() {
  return <Page title="Room">…</Page>;
}
