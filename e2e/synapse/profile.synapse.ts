import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { must, path } from './client.ts';
import { appUrl, expect, signInAsAdmin, test } from './fixtures.ts';
import type { RealSynapse } from './server.ts';

/** The actions on profile, addresses and external IDs on the real Synapse: what it then says is read past the app. */

const dialog = (page: Page) => page.getByRole('dialog');
const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' });
const field = (page: Page, name: string) => dialog(page).getByRole('textbox', { name });

interface Facts {
  displayname: string | null;
  avatar_url: string | null;
  user_type: string | null;
  threepids: { medium: string; address: string }[];
  external_ids: { auth_provider: string; external_id: string }[];
}
const factsOf = ({ baseUrl, adminToken: token }: RealSynapse, userId: string) =>
  must<Facts>(baseUrl, path`/_synapse/admin/v2/users/${userId}`, { token });

interface Change {
  label: string;
  fill(page: Page): Promise<void>;
  of(facts: Facts): unknown;
  becomes: unknown;
}

const changes: readonly Change[] = [
  {
    label: 'Change display name',
    fill: (page) => field(page, 'Display name').fill('Ämil “the first”'),
    of: ({ displayname }) => displayname,
    becomes: 'Ämil “the first”',
  },
  {
    label: 'Change avatar',
    fill: (page) => field(page, 'Address of the picture').fill('mxc://glia.test/none'),
    of: ({ avatar_url }) => avatar_url,
    becomes: 'mxc://glia.test/none',
  },
  {
    label: 'Change email and phone',
    async fill(page) {
      await field(page, 'Email addresses').fill('Ten@Glia.test');
      await field(page, 'Phone numbers').fill('+44 7700 900123');
    },
    of: ({ threepids }) => threepids.map(({ address }) => address).toSorted(),
    becomes: ['447700900123', 'ten@glia.test'],
  },
  {
    label: 'Change external IDs',
    fill: (page) => field(page, 'External IDs').fill('oidc-ten: 10\nsaml: ten/ä #?'),
    of: ({ external_ids }) => external_ids.map((one) => `${one.auth_provider}: ${one.external_id}`).toSorted(),
    becomes: ['oidc-ten: 10', 'saml: ten/ä #?'],
  },
];

for (const { label, fill, of, becomes } of changes) {
  test(`one user: ${label}, and its undo`, async ({ page, synapse, world }) => {
    const userId = world.crowd[9]?.userId ?? '';
    await signInAsAdmin(page, synapse);
    const before = of(await factsOf(synapse, userId));
    await page.goto(appUrl(paths.user(userId)));
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: `${label}…`, exact: true }).click();
    await fill(page);
    await dialog(page).getByRole('button', { name: label, exact: true }).click();
    await expect(
      toast(page)
        .getByText(/: done$/)
        .last(),
    ).toBeVisible();
    expect(of(await factsOf(synapse, userId))).toEqual(becomes);
    await toast(page).getByRole('button', { name: 'Undo' }).last().click();
    await expect(
      toast(page)
        .getByText(/^Undo: .*: done$/)
        .last(),
    ).toBeVisible();
    expect(of(await factsOf(synapse, userId))).toEqual(before);
  });
}
