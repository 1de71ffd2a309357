import { Page } from '~/ui/Page';

/** Local files and the remote cache, by date. */
export function DeleteMediaWizard() {
  return <Page title="Delete media by date">{null}</Page>;
}
