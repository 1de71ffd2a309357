import { Menu } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { memberId } from '~/actions/member/member';
import { makeRoomAdmin } from '~/actions/room/make-admin';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { ActionIcon } from '~/entities/action/icons';
import { wordsOf } from '~/lib/words';

interface MembershipMenuProps {
  userId: string;
  roomId: string;
}

/** What can be done with a user in one of their rooms. */
export function MembershipMenu({ userId, roomId }: MembershipMenuProps) {
  const { t } = useLingui();
  const [makesAdmin, setMakesAdmin] = useState(false);
  const label = wordsOf(makeRoomAdmin.label);
  return (
    <>
      <ActionMenu entity="member" id={memberId(userId, roomId)} look="row">
        <Menu.Item leftSection={<ActionIcon action={makeRoomAdmin} />} onClick={() => setMakesAdmin(true)}>
          {t`${label}…`}
        </Menu.Item>
      </ActionMenu>
      {makesAdmin && (
        <ActionDialog
          action={makeRoomAdmin}
          id={roomId}
          values={{ user: userId }}
          onClose={() => setMakesAdmin(false)}
        />
      )}
    </>
  );
}
