import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { addAliases } from '~/actions/alias/add';
import { aliasId } from '~/actions/alias/alias';
import type { Room } from '~/api/rooms';
import { rooms } from '~/data/rooms';
import { useSession } from '~/data/session';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { isAlias } from '~/lib/room-refs';
import { isolated } from '~/lib/shown-text';
import { Id } from '~/ui/Id';
import { Section } from '~/ui/Section';

/** By which names the room is found here; each can be removed, and others added. */
export function RoomAliases({ room: { room_id: roomId, canonical_alias: main } }: { room: Room }) {
  const { homeserver } = useSession();
  const reading = useQuery(rooms.aliases(homeserver, roomId));
  return (
    <Stack gap="xs" component="section" aria-labelledby="aliases" maw={640}>
      <Title order={2} size="h4" id="aliases" mt="md">
        <Trans>Aliases on this homeserver</Trans>
      </Title>
      <Section unread={t`Could not load the aliases`} reading={reading}>
        {(aliases) =>
          aliases.length === 0 ? (
            <Text size="sm" c="dimmed">
              <Trans>None. The room can be found by its ID only.</Trans>
            </Text>
          ) : (
            <Stack gap={2} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
              {aliases.map((alias) => (
                <Group key={alias} component="li" gap="xs" wrap="nowrap">
                  <Id value={alias} />
                  {alias === main && (
                    <Text size="sm" c="dimmed">
                      <Trans>main alias</Trans>
                    </Text>
                  )}
                  <ActionMenu entity="alias" id={aliasId(alias, roomId)} look="row" />
                </Group>
              ))}
            </Stack>
          )
        }
      </Section>
      <AddAlias roomId={roomId} />
    </Stack>
  );
}

function AddAlias({ roomId }: { roomId: string }) {
  const { serverName } = useSession();
  const [text, setText] = useState('');
  const [added, setAdded] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);
  const word = text.trim();
  const alias = word.startsWith('#') && word.includes(':') ? word : `#${word.replace(/^#/, '')}:${serverName}`;
  const shownServer = isolated(serverName);
  const problem = !isAlias(alias)
    ? t`An alias looks like #name:${shownServer}.`
    : alias.endsWith(`:${serverName}`)
      ? null
      : t`Only aliases of ${shownServer} can be added here.`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem === null) setAdded(alias);
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-start" gap="xs">
        <TextInput
          label={t`New alias`}
          placeholder={t`#name:${shownServer}`}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setTried(false);
          }}
          error={isTried ? problem : null}
          w={{ base: '100%', xs: 320 }}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" variant="default" mt={{ base: 0, xs: 24 }}>
          {t`Add alias…`}
        </Button>
      </Group>
      {added !== null && (
        <ActionDialog
          action={addAliases}
          id={aliasId(added, roomId)}
          onClose={() => {
            setAdded(null);
            setText('');
          }}
        />
      )}
    </form>
  );
}
