import { Button, Group, Paper, Radio, Stack, Text, Title } from '@mantine/core';
import { plural } from '~/lib/numbers';
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
  if (rooms.length === 0) return null;
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
        {plural(rooms.length, 'room was', 'rooms were')} replaced
      </Title>
      <Text size="sm" c="dimmed" mt={4} mb="sm" maw={760}>
        When a room is upgraded, people move to the new one and nobody talks in the old one any more. Until you choose,
        nobody is joined there.
      </Text>
      <Stack gap="md">
        {usable.length > 1 && (
          <Group>
            <Button
              variant="default"
              size="xs"
              onClick={() => onChoose(new Map(usable.map(({ roomId }) => [roomId, 'new'])))}
            >
              Use the new room for all of them
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
                  <Text size="sm">{WHY_NOT[room.replaced?.kind ?? 'none']}</Text>
                )}
                <Radio value="old" label="Join the old room anyway" />
                <Radio value="" label="Leave it out" />
              </Stack>
            </Radio.Group>
          ))}
        </Stack>
      </Stack>
    </Paper>
  );
}

const WHY_NOT = {
  none: 'It was closed, and no new room was named.',
  loop: 'The rooms that replaced it lead back to each other, so there is no new room.',
} as const;

function NewRoom({ replaced: { room, id } }: { replaced: Extract<Replacement, { kind: 'room' }> }) {
  const isKnown = !isLost(room) && room.known;
  return (
    <span className={classes.label}>
      Use the new room instead:{' '}
      {isKnown ? (
        <>
          <Outside text={roomLabel(room)} /> <Id value={id} />
        </>
      ) : (
        <>
          <Id value={id} /> (nobody of this homeserver is in it yet)
        </>
      )}
    </span>
  );
}
