import { plural, t } from '@lingui/core/macro';
import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reports } from '~/data/reports';
import { useSession } from '~/data/session';
import { RoomLink } from '~/entities/room/RoomLink';
import { UserLink } from '~/entities/user/UserLink';
import { Moment } from '~/ui/Moment';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Outside } from '~/ui/Outside';
import classes from './reports.module.css';

/** Reports of rooms, where the homeserver has a list of them: no Synapse has one yet. */
export function RoomReports() {
  const { homeserver } = useSession();
  const { data } = useQuery(reports.ofRooms(homeserver));
  if (data === undefined) return null;
  if (data === null) {
    return (
      <Text size="sm" c="dimmed">
        {t`Users can also report rooms, but this version of Synapse has no way to read those reports.`}
      </Text>
    );
  }
  const { rows, odd, total } = data;
  return (
    <section>
      <Title order={2} size="h4">
        {t`${plural(total, { one: '# report of a room', other: '# reports of rooms' })}`}
      </Title>
      <OddRowsNote odd={odd} />
      <ul className={classes.rooms}>
        {rows.map((report) => (
          <li key={report.id}>
            <RoomLink roomId={report.room_id} /> <Moment ms={report.received_ts} />
            {report.user_id != null && <UserLink userId={report.user_id} />}
            <Outside text={report.reason} none={t`no reason given`} longest={500} />
          </li>
        ))}
      </ul>
    </section>
  );
}
