import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconTerminal2 } from '@tabler/icons-react';
import type { AnyAction } from '~/actions/action';
import type { ActionItem } from '~/actions/plan';
import { curlCommand } from '~/api/curl';
import { asServer } from '~/job-store/action-jobs';
import { useSession, type Session } from '~/data/session';
import type { Json } from '~/jobs/job';
import { NotYetButton } from '~/ui/NotYetButton';
import { wordsOf } from '~/lib/words';

const variable = '$TOKEN';

function curlOf(session: Session, action: AnyAction, { id, goal, planned, identity }: ActionItem, input: Json) {
  const { homeserver } = session;
  const { request } = action.write(id, goal, { server: asServer(session), input, now: planned, identity });
  return curlCommand(request.api === 'mas' && homeserver.mas ? homeserver.mas.baseUrl : homeserver.baseUrl, request);
}

/** The one request that changes the item, for a shell. It holds $TOKEN in the place of the token. */
export function CopyCurl({ action, item, input }: { action: AnyAction; item: ActionItem; input: Json }) {
  const { t } = useLingui();
  const session = useSession();
  const clipboard = useClipboard({ timeout: 1500 });
  // Absent where the page itself came by plain http.
  if (!('clipboard' in navigator)) return null;
  const made =
    action.carryOut && !action.secret
      ? { reason: t`This takes several requests, one after the other: there is no single one to copy.` }
      : action.secret
        ? { reason: wordsOf(action.script?.never ?? '') }
        : session.demo
          ? { reason: t`The demo homeserver runs inside this page: curl can’t reach it.` }
          : curlOf(session, action, item, input);
  const look = { variant: 'subtle', color: 'gray', leftSection: <IconTerminal2 size={16} aria-hidden /> } as const;
  if ('reason' in made) {
    return (
      <NotYetButton reason={wordsOf(made.reason)} {...look}>
        <Trans>Copy as curl</Trans>
      </NotYetButton>
    );
  }
  return (
    <Button
      {...look}
      title={t`Copies the request that makes this change, with ${variable} instead of your access token`}
      onClick={() => clipboard.copy(made.command)}
    >
      {clipboard.copied ? t`Copied` : t`Copy as curl`}
    </Button>
  );
}
