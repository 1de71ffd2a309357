import { useLingui } from '@lingui/react/macro';
import { ActionIcon, Code, Popover } from '@mantine/core';
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
  // What takes several requests has no single one to show.
  if (action.secret || action.carryOut) return null;
  const { request } = action.write(item.id, item.goal, {
    server: asServer(session),
    input,
    now: item.planned,
    identity: item.identity,
  });
  const { method = 'GET', path, query, body } = request;
  const json = body === undefined ? '' : JSON.stringify(body, null, 2);
  // The console speaks to Synapse alone.
  if (request.api === 'mas') {
    const url = `${session.homeserver.mas?.baseUrl ?? ''}${path}${queryString(query)}`;
    return <RequestToMas text={[`${method} ${url}`, json].filter(Boolean).join('\n')} />;
  }
  const show = () => {
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

/** The request to MAS, to read. */
function RequestToMas({ text }: { text: string }) {
  const { t } = useLingui();
  return (
    <Popover width={380} position="top-start" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`Show the request to MAS`}>
          <IconTerminal2 size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }} tabIndex={0}>
          {text}
        </Code>
      </Popover.Dropdown>
    </Popover>
  );
}
