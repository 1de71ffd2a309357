import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconStar, IconX } from '@tabler/icons-react';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keepFavourite, listFavourites, removeFavourite } from '~/data/console-favourites';
import { useSession } from '~/data/session';
import { isolated } from '~/lib/shown-text';
import { wordsOfError } from '~/lib/words';
import { Outside } from '~/ui/Outside';
import { showToast } from '~/ui/toasts';
import classes from './Console.module.css';
import type { Draft } from './draft';
import { withoutSecrets, withoutSecretsInPath } from './secrets-out';

function useFavourites() {
  const { homeserver, userId } = useSession();
  const owner = { baseUrl: homeserver.baseUrl, userId };
  const query = queryOptions({ queryKey: ['console-favourites', owner], queryFn: () => listFavourites(owner) });
  return { owner, query };
}

/** Keeps the request in this browser. */
export function KeepButton({ draft }: { draft: Draft }) {
  const { t } = useLingui();
  const { owner, query } = useFavourites();
  const client = useQueryClient();
  const { isCut: isBodyCut, body } = withoutSecrets(draft.body);
  const path = withoutSecretsInPath(draft.path);
  const isCut = isBodyCut || path !== draft.path;
  const keeping = useMutation({
    mutationFn: () => keepFavourite(owner, { ...draft, path, body }),
    onSuccess: () => {
      void client.invalidateQueries(query);
      const said = isCut
        ? t`Passwords and tokens in it were left out.`
        : t`It stays in this browser until you remove it.`;
      showToast({ tone: 'good', title: t`Kept as a favourite`, body: said, actions: [] });
    },
    onError: (error) => showToast({ tone: 'warning', title: t`Not kept`, body: wordsOfError(error), actions: [] }),
  });
  return (
    <Button
      variant="default"
      leftSection={<IconStar size={16} aria-hidden />}
      onClick={() => keeping.mutate()}
      loading={keeping.isPending}
    >
      <Trans>Keep as a favourite</Trans>
    </Button>
  );
}

/** Requests that were kept. A click fills the form with one. */
export function Favourites({ onOpen }: { onOpen(draft: Draft): void }) {
  const { t } = useLingui();
  const { query } = useFavourites();
  const client = useQueryClient();
  const { data = [] } = useQuery(query);
  if (data.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>Favourites stay in this browser, without passwords and tokens, until you remove them.</Trans>
      </Text>
    );
  }
  return (
    <Stack gap="xs">
      <ul className={classes.rows}>
        {data.map(({ id, ...draft }) => {
          const path = isolated(draft.path);
          const verb = draft.method;
          return (
            <li key={id} className={classes.row}>
              <UnstyledButton className={classes.fill} onClick={() => onOpen(draft)}>
                <span className={classes.mono}>
                  {draft.method} <Outside as="id" text={draft.path} longest={400} />
                </span>
              </UnstyledButton>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t`Remove ${verb} ${path}`}
                onClick={() => void removeFavourite(id).then(() => client.invalidateQueries(query))}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
    </Stack>
  );
}
