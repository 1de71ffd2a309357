import { Trans } from '@lingui/react/macro';
import { Checkbox, Paper, Stack, Text, Title } from '@mantine/core';
import classes from './join-rooms.module.css';
import { Outside } from '~/ui/Outside';
import { shownId } from '~/lib/shown-text';

interface Place {
  roomId: string;
  /** For people. */
  room: string;
  adminIn: boolean;
}

interface MakeAdminChoiceProps {
  title: string;
  /** Of the heading: 3 unless said. */
  order?: 2 | 3;
  rooms: readonly Place[];
  /** Their ids. */
  chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
}

/** Rooms where the admin lacks the power: being made an admin of each is a choice, and part of the plan. */
export function MakeAdminChoice({ title, order = 3, rooms, chosen, onChoose }: MakeAdminChoiceProps) {
  if (rooms.length === 0) return null;
  const toggle = (roomId: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(roomId);
    else next.delete(roomId);
    onChoose(next);
  };
  const all = rooms.every(({ roomId }) => chosen.has(roomId));
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="make-admin">
      <Title order={order} size="h5" id="make-admin">
        {title}
      </Title>
      <Text size="sm" c="dimmed" mt={4} mb="sm" maw={760}>
        <Trans>
          Select a room to become its admin first: Synapse gives you the power level of its most powerful local member,
          and you join the room. Its members see both. This needs a local admin in the room, and lasts until you leave
          or step down.
        </Trans>
      </Text>
      <Stack gap="xs">
        {rooms.length > 1 && (
          <Checkbox
            label={<Trans>All rooms</Trans>}
            checked={all}
            indeterminate={!all && chosen.size > 0}
            onChange={(event) =>
              onChoose(new Set(event.currentTarget.checked ? rooms.map(({ roomId }) => roomId) : []))
            }
          />
        )}
        <Stack gap="xs" className={classes.rooms}>
          {rooms.map(({ roomId, room, adminIn }) => (
            <Checkbox
              key={roomId}
              label={
                <span className={classes.label}>
                  {adminIn ? (
                    <Trans>
                      Make me admin of <Outside text={room} none={shownId(room)} />
                    </Trans>
                  ) : (
                    <Trans>
                      Make me admin of <Outside text={room} none={shownId(room)} /> and join it
                    </Trans>
                  )}
                </span>
              }
              // An id has no place to break: the longest would be cut off on a phone.
              description={<Outside as="id" text={roomId} className={classes.label} />}
              checked={chosen.has(roomId)}
              onChange={(event) => toggle(roomId, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      </Stack>
    </Paper>
  );
}
