import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Paper, Radio, Stack, Text, Title } from '@mantine/core';
import { wordsOf } from '~/lib/words';
import { Id } from '~/ui/Id';
import { Outside } from '~/ui/Outside';
import classes from './join-rooms.module.css';
import { isLost, roomLabel, type FoundRoom, type PlanChoices } from './plan';
import type { Replacement } from './replaced';

interface ReplacedChoiceProps {
  /** Rooms that were replaced. */
  rooms: readonly FoundRoom[];
  chosen: PlanChoices['replaced'];
  onChoose(chosen: PlanChoices['replaced']): void;
}

/** Rooms that were replaced by another: which of the two is meant is a choice, and part of the plan. */
export function ReplacedChoice({ rooms, chosen, onChoose }: ReplacedChoiceProps) {
  const { t } = useLingui();
  const count = rooms.length;
  if (count === 0) return null;
  const choose = (roomId: string, value: string) => {
    const next = new Map(chosen);
    if (value === 'new' || value === 'old') next.set(roomId, value);
    else next.delete(roomId);
    onChoose(next);
  };
  const usable = rooms.filter(({ replaced }) => replaced?.kind === 'room');
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="replaced">
      <Title order={3} size="h5" id="replaced">
        <Plural value={count} one="# room was replaced" other="# rooms were replaced" />
      </Title>
      <Text size="sm" c="dimmed" mt={4} mb="sm" maw={760}>
        <Trans>
          When a room is upgraded, people move to the new one, and the old one falls silent. Nobody is joined to either
          until you choose.
        </Trans>
      </Text>
      <Stack gap="md">
        {usable.length > 1 && (
          <Group>
            <Button
              variant="default"
              size="xs"
              onClick={() => onChoose(new Map(usable.map(({ roomId }) => [roomId, 'new'])))}
            >
              <Trans>Use the new room for all of them</Trans>
            </Button>
          </Group>
        )}
        <Stack gap="md" className={classes.rooms}>
          {rooms.map((room) => (
            <Radio.Group
              key={room.roomId}
              label={
                <span className={classes.label}>
                  <Outside text={roomLabel(room)} />
                </span>
              }
              description={<Outside text={room.roomId} as="id" className={classes.label} />}
              value={chosen.get(room.roomId) ?? ''}
              onChange={(value) => choose(room.roomId, value)}
            >
              <Stack gap={6} mt="xs">
                {room.replaced?.kind === 'room' ? (
                  <Radio value="new" label={<NewRoom replaced={room.replaced} />} />
                ) : (
                  <Text size="sm">{wordsOf(WHY_NOT[room.replaced?.kind ?? 'none'])}</Text>
                )}
                <Radio value="old" label={t`Join the old room anyway`} />
                <Radio value="" label={t`Leave it out`} />
              </Stack>
            </Radio.Group>
          ))}
        </Stack>
      </Stack>
    </Paper>
  );
}

const WHY_NOT = {
  none: /*i18n*/ { id: 'join.replaced.none', message: 'It was closed, and no new room was named.' },
  loop: /*i18n*/ {
    id: 'join.replaced.loop',
    message: 'The rooms that replaced it lead back to each other, so there is no new room.',
  },
} as const;

function NewRoom({ replaced: { room, id } }: { replaced: Extract<Replacement, { kind: 'room' }> }) {
  const isKnown = !isLost(room) && room.known;
  return (
    <span className={classes.label}>
      {isKnown ? (
        <Trans>
          Use the new room instead: <Outside text={roomLabel(room)} /> <Id value={id} />
        </Trans>
      ) : (
        <Trans>
          Use the new room instead: <Id value={id} /> (nobody from this homeserver is in it yet)
        </Trans>
      )}
    </span>
  );
}
