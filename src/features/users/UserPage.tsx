import { Page } from '~/ui/Page';

export function UserPage() {
  return <Page title="User">…</Page>;
}
