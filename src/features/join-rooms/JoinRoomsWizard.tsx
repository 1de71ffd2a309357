import { Page } from '~/ui/Page';

export function JoinRoomsWizard() {
  return <Page title="Join users to rooms">…</Page>;
}
