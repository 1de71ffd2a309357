import { useLingui } from '@lingui/react/macro';
import { ActionIcon } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import type { AnyAction } from '~/actions/action';
import type { ActionItem } from '~/actions/plan';
import { queryString } from '~/api/request';
import { consoleDraft } from '~/data/console-draft';
import { useSession } from '~/data/session';
import { asServer } from '~/job-store/action-jobs';
import type { Json } from '~/jobs/job';
import { paths } from '~/lib/paths';
import { useTip } from '~/ui/use-tip';

interface ShowRequestProps {
  action: AnyAction;
  item: ActionItem;
  input: Json;
  onShow(): void;
}

/** Opens the console with the one request that makes this change, filled in and not sent. Not where it holds a secret. */
export function ShowRequest({ action, item, input, onShow }: ShowRequestProps) {
  const { t } = useLingui();
  const session = useSession();
  const navigate = useNavigate();
  const words = t`Show the request in the API console`;
  const { target, tip } = useTip<HTMLButtonElement>(words);
  if (action.secret) return null;
  const show = () => {
    const server = asServer(session);
    const { request } = action.write(item.id, item.goal, {
      server,
      input,
      now: item.planned,
      identity: item.identity,
    });
    const { method = 'GET', path, query, body } = request;
    const json = body === undefined ? '' : JSON.stringify(body, null, 2);
    consoleDraft.set({ method, path: path + queryString(query), body: json });
    onShow();
    void navigate(paths.console());
  };
  return (
    <>
      <ActionIcon {...target} variant="subtle" color="gray" size="lg" aria-label={words} onClick={show}>
        <IconTerminal2 size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
      {tip}
    </>
  );
}
