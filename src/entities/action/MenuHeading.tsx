import { msg } from '@lingui/core/macro';
import { Menu } from '@mantine/core';
import type { AnyAction, Group } from '~/actions/action';
import type { Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';

const HEADINGS: Readonly<Record<Group, Text>> = {
  profile: msg`Profile`,
  account: msg`Account`,
  access: msg`Sign-in and access`,
  limits: msg`Limits`,
  content: msg`Messages and files`,
  membership: msg`Rooms`,
  entry: msg`Access to the room`,
  upkeep: msg`Maintenance`,
};

/** A long menu covers what it hangs on, rather than that the page has to be scrolled for its end. */
export const WHOLE_IN_SIGHT = { flip: { padding: 8 }, shift: { padding: 8, crossAxis: true } } as const;

const placeOf = ({ danger, group }: AnyAction) => (danger ? 'danger' : group);

/** Above the first action of each group; a line above those that destroy something. */
export function MenuHeading({ of, after }: { of: AnyAction; after: AnyAction | undefined }) {
  const place = placeOf(of);
  if (after ? placeOf(after) === place : place === undefined || place === 'danger') return null;
  return place === 'danger' || place === undefined ? (
    <Menu.Divider />
  ) : (
    <Menu.Label>{wordsOf(HEADINGS[place])}</Menu.Label>
  );
}
