import { msg } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import { eventReportOf } from '~/api/report-asks';
import type { AnyAction, Entity } from '~/actions/action';
import { aliasOf } from '~/actions/alias/alias';
import { eventOf } from '~/actions/event/event';
import { deviceOf } from '~/actions/device/device';
import { emailOf, linkOf, personalOf, sessionOf } from '~/actions/mas/ids';
import { partsOf } from '~/actions/member/member';
import { FileLink } from '~/entities/media/FileLink';
import { RoomInSight } from '~/entities/room/RoomInSight';
import { RoomLink } from '~/entities/room/RoomLink';
import { UserLink } from '~/entities/user/UserLink';
import type { Text } from '~/lib/text';
import { paths } from '~/lib/paths';
import { Id } from '~/ui/Id';
import { IdLink } from '~/ui/IdLink';

/** What the pages that show items of an action have to know of each kind of them. */
export interface OfEntity {
  /** Above a column of them. */
  readonly header: Text;
  cell(id: string): ReactNode;
  readonly chooseFirst: Text;
  readonly reads: Text;
  readonly looksAgain: Text;
}

const inLines = (first: ReactNode, second: ReactNode): ReactNode => (
  <div style={{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start', minWidth: 0 }}>
    {first}
    {second}
  </div>
);

export const OF_ENTITY: Readonly<Record<Entity, OfEntity>> = {
  user: {
    header: msg`User`,
    cell: (id) => <UserLink userId={id} />,
    chooseFirst: msg`Choose the users first.`,
    reads: msg`Glia reads how each user is now, with one request per user.`,
    looksAgain: msg`Just before each change, Glia checks the user again. Users that changed since the plan are skipped and listed.`,
  },
  media: {
    header: msg`File`,
    cell: (id) => <FileLink mxc={id} />,
    chooseFirst: msg`Choose the files first.`,
    reads: msg`Glia reads how each file is now, with one request per file.`,
    looksAgain: msg`Just before each change, Glia checks the file again. Files that changed since the plan are skipped and listed.`,
  },
  member: {
    header: msg`Member`,
    cell: (id) => inLines(<UserLink userId={partsOf(id).userId} />, <RoomLink roomId={partsOf(id).roomId} />),
    chooseFirst: msg`Choose the members first.`,
    reads: msg`Glia reads how each member is now, with one request per member.`,
    looksAgain: msg`Just before each change, Glia checks the member again. Members that changed since the plan are skipped and listed.`,
  },
  device: {
    header: msg`Session`,
    cell: (id) => inLines(<UserLink userId={deviceOf(id).userId} />, <Id value={deviceOf(id).device} />),
    chooseFirst: msg`Choose the sessions first.`,
    reads: msg`Glia reads how each session is now, with one request per session.`,
    looksAgain: msg`Just before each change, Glia checks the session again. Sessions that changed since the plan are skipped and listed.`,
  },
  room: {
    header: msg`Room`,
    cell: (id) => (id.startsWith('#') ? <Id value={id} /> : <RoomInSight roomId={id} />),
    chooseFirst: msg`Choose the rooms first.`,
    reads: msg`Glia reads how each room is now, with one request per room.`,
    looksAgain: msg`Just before each change, Glia checks the room again. Rooms that changed since the plan are skipped and listed.`,
  },
  alias: {
    header: msg`Alias`,
    cell: (id) => inLines(<Id value={aliasOf(id).aliasId} />, <RoomLink roomId={aliasOf(id).roomId} />),
    chooseFirst: msg`Choose the aliases first.`,
    reads: msg`Glia reads the aliases of each room, with one request per alias.`,
    looksAgain: msg`Just before each change, Glia checks the alias again. Aliases that changed since the plan are skipped and listed.`,
  },
  event: {
    header: msg`Event`,
    cell: (id) => inLines(<Id value={eventOf(id).eventId} />, <RoomLink roomId={eventOf(id).roomId} />),
    chooseFirst: msg`Choose the events first.`,
    reads: msg`Glia reads each event, with one request per event.`,
    looksAgain: msg`Just before each change, Glia checks the event again. Events that changed since the plan are skipped and listed.`,
  },
  destination: {
    header: msg`Server`,
    cell: (id) => <Id value={id} />,
    chooseFirst: msg`Choose the servers first.`,
    reads: msg`Glia reads how each server is now, with one request per server.`,
    looksAgain: msg`Just before each change, Glia checks the server again. Servers that changed since the plan are skipped and listed.`,
  },
  token: {
    header: msg`Registration token`,
    cell: (id) => <Id value={id} />,
    chooseFirst: msg`Choose the registration tokens first.`,
    reads: msg`Glia reads how each token is now, with one request per token.`,
    looksAgain: msg`Just before each change, Glia checks the token again. Tokens that changed since the plan are skipped and listed.`,
  },
  report: {
    header: msg`Message report`,
    cell: (id) => <IdLink value={eventReportOf(id).id} to={paths.messageReport(eventReportOf(id).id)} />,
    chooseFirst: msg`Choose the reports first.`,
    reads: msg`Glia reads whether each report is still there, with one request per report.`,
    looksAgain: msg`Just before each change, Glia checks the report again. Reports that are gone by then are skipped and listed.`,
  },
  'user-report': {
    header: msg`User report`,
    cell: (id) => <IdLink value={id} to={paths.userReport(id)} />,
    chooseFirst: msg`Choose the reports first.`,
    reads: msg`Glia reads whether each report is still there, with one request per report.`,
    looksAgain: msg`Just before each change, Glia checks the report again. Reports that are gone by then are skipped and listed.`,
  },
  'mas-session': {
    header: msg`Session`,
    cell(name) {
      const { id, userId } = sessionOf(name);
      return userId === '' ? <Id value={id} /> : inLines(<UserLink userId={userId} />, <Id value={id} />);
    },
    chooseFirst: msg`Choose the sessions first.`,
    reads: msg`Glia reads from MAS how each session is now, with one request per session.`,
    looksAgain: msg`Just before each change, Glia checks the session again. Sessions that ended in the meantime are skipped and listed.`,
  },
  'personal-token': {
    header: msg`Personal access token`,
    cell(name) {
      const { id, userId } = personalOf(name);
      return userId === '' ? <Id value={id} /> : inLines(<UserLink userId={userId} />, <Id value={id} />);
    },
    chooseFirst: msg`Choose the tokens first.`,
    reads: msg`Glia reads from MAS how each token is now, with one request per token.`,
    looksAgain: msg`Just before each change, Glia checks the token again. Tokens that changed since the plan are skipped and listed.`,
  },
  email: {
    header: msg`Email address`,
    cell: (name) => inLines(<Id value={emailOf(name).address} />, <UserLink userId={emailOf(name).userId} />),
    chooseFirst: msg`Choose the email addresses first.`,
    reads: msg`Glia reads from MAS who has each address now, with two requests per address.`,
    looksAgain: msg`Just before each change, Glia checks the address again. Addresses that changed since the plan are skipped and listed.`,
  },
  'upstream-link': {
    header: msg`Upstream link`,
    cell: (name) => inLines(<Id value={linkOf(name).subject} />, <UserLink userId={linkOf(name).userId} />),
    chooseFirst: msg`Choose the links first.`,
    reads: msg`Glia reads from MAS how each link is now, with two requests per link.`,
    looksAgain: msg`Just before each change, Glia checks the link again. Links that changed since the plan are skipped and listed.`,
  },
  'mas-token': {
    header: msg`Registration token`,
    cell: (id) => <Id value={id} />,
    chooseFirst: msg`Choose the registration tokens first.`,
    reads: msg`Glia reads how each token is now, with one request per token.`,
    looksAgain: msg`Just before each change, Glia checks the token again. Tokens that changed since the plan are skipped and listed.`,
  },
  'policy-data': {
    header: msg`Policy data`,
    cell: (id) => <Id value={id} />,
    chooseFirst: msg`Enter the policy data on its own page.`,
    reads: msg`Glia reads the policy data that is set now.`,
    looksAgain: msg`Just before the change, Glia reads it again. If it changed since the plan, nothing is sent.`,
  },
  background: {
    header: msg`Background update`,
    cell: (id) => <Id value={id} />,
    chooseFirst: msg`Choose the background updates first.`,
    reads: msg`Glia reads how each background update is now.`,
    looksAgain: msg`Just before each change, Glia checks again. What changed since the plan is skipped and listed.`,
  },
};

export const ofEntity = ({ entity }: Pick<AnyAction, 'entity'>): OfEntity => OF_ENTITY[entity];
