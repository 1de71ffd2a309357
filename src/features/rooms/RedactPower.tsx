import { t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnyAction } from '~/actions/action';
import { lackingPower } from '~/actions/event/redact';
import { joinRoomMyself } from '~/actions/room/join-myself';
import { makeRoomAdmin } from '~/actions/room/make-admin';
import { send } from '~/api/ask';
import { useSession } from '~/data/session';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { asServer } from '~/job-store/action-jobs';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';

/** Where the admin can't redact what others sent: why, and the way out of it. */
export function RedactPower({ roomId }: { roomId: string }) {
  const session = useSession();
  const { homeserver } = session;
  const [chosen, choose] = useState<AnyAction | null>(null);
  const { data: reason } = useQuery({
    queryKey: [homeserver.baseUrl, 'rooms', 'redact-power', roomId],
    queryFn: ({ signal }) => lackingPower(roomId, (one) => send(homeserver, one, signal), asServer(session)),
    retry: false,
  });
  if (reason == null) return null;
  return (
    <Notice title={t`You can’t redact messages of others here yet`}>
      {wordsOf(reason)}
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" variant="default" onClick={() => choose(makeRoomAdmin)}>
          {t`Make room admin…`}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => choose(joinRoomMyself)}>
          {t`Join the room yourself…`}
        </Button>
      </Group>
      {chosen && <ActionDialog action={chosen} id={roomId} onClose={() => choose(null)} />}
    </Notice>
  );
}
