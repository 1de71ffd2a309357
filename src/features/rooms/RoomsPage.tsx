import { Page } from '~/ui/Page';

export function RoomsPage() {
  return <Page title="Rooms">…</Page>;
}
