import { msg, t } from '@lingui/core/macro';
import { Skeleton, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { reportedUser, type Report } from '~/data/report-list';
import { useSession } from '~/data/session';
import { RoomLink } from '~/entities/room/RoomLink';
import { UserLink } from '~/entities/user/UserLink';
import { shownText } from '~/lib/shown-text';
import { Facts, type Fact } from '~/ui/Facts';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';
import { Page } from '~/ui/Page';
import type { Reading } from '~/ui/reading';
import { MarkNote } from './MarkNote';
import { offersFor } from './offers';
import { usePlace } from './place';
import { PlaceBar } from './PlaceBar';
import { ReportedUser } from './ReportedUser';
import classes from './reports.module.css';
import { WhatToDo } from './WhatToDo';

interface ReportFrameProps {
  kind: Report['kind'];
  id: string;
  title: string;
  reading: Reading;
  /** Null: it is not read yet, or it is not there. */
  report: Report | null;
  /** Files of the message. */
  files?: readonly string[];
  /** In the place of a report that is not there. */
  instead?: ReactNode;
  /** The message. */
  children?: ReactNode;
}

/** The page of a report: what to do, what was reported, by whom and why, and who it is about. */
export function ReportFrame(props: ReportFrameProps) {
  const { kind, id, title, reading, report, files = [], instead, children } = props;
  const { serverName } = useSession();
  const place = usePlace(kind, id);
  const navigate = useNavigate();
  const user = report && reportedUser(report);
  // Back where one was: at the next report of the list.
  const onEnd = () => void navigate(place.next ?? place.previous ?? place.list);
  return (
    <Page
      title={title}
      parent={{ label: msg`Reports`, to: place.list }}
      actions={<PlaceBar place={place} />}
      reading={{ of: reading, refresh: t`Refresh report` }}
    >
      {instead}
      {!instead && !report && <Skeleton h={240} aria-busy role="status" aria-label={t`Loading`} />}
      {report && (
        <>
          <WhatToDo report={report} offers={offersFor(report, { serverName, files })} files={files} onEnd={onEnd} />
          <div className={classes.columns}>
            <div className={classes.card}>
              <Facts facts={factsOf(report)} />
              {children}
            </div>
            <div className={classes.card}>
              <Title order={2} size="h4">
                {t`Reported user`}
              </Title>
              {user === null ? t`Unknown: the message is gone` : <ReportedUser userId={user} report={report} />}
              <MarkNote key={`${kind} ${id}`} report={report} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}

function factsOf(report: Report): Fact[] {
  const facts: Fact[] = [
    { name: t`Reported by`, value: <UserLink userId={report.user_id} /> },
    { name: t`Reported`, value: <Moment ms={report.received_ts} /> },
    { name: t`Reason`, value: <Outside text={report.reason} none={t`none given`} longest={2000} /> },
  ];
  if (report.kind === 'user') return facts;
  const { score, name, canonical_alias: alias, room_id: roomId } = report;
  return [
    ...facts,
    ...(score == null ? [] : [{ name: t`Score`, value: t`${score} (-100 is the worst, 0 the mildest)` }]),
    {
      name: t`Room`,
      value: (
        <span className={classes.by}>
          {shownText(name ?? alias) !== null && <Outside text={name ?? alias} longest={80} />}
          <RoomLink roomId={roomId} />
        </span>
      ),
    },
  ];
}
