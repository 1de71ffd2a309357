import { msg } from '@lingui/core/macro';
import {
  IconArrowBackUp,
  IconAffiliate,
  IconBell,
  IconChartBar,
  IconDevices,
  IconDoorEnter,
  IconFileSearch,
  IconFlag,
  IconHome,
  IconKey,
  IconListCheck,
  IconMessages,
  IconPhoto,
  IconPhotoX,
  IconRouteOff,
  IconShieldCog,
  IconShieldX,
  IconSubtask,
  IconTerminal2,
  IconTicket,
  IconUnlink,
  IconUserPlus,
  IconUsers,
  IconUserSearch,
  IconUsersPlus,
  type Icon,
} from '@tabler/icons-react';
import { lacksIn, type FeatureId } from '~/data/lacks';
import type { Session } from '~/data/session';
import { paths } from '~/lib/paths';
import type { Words } from '~/lib/words';

/** One screen, as the navigation and the palette of commands list it. */
export interface Screen {
  readonly to: string;
  readonly label: Words;
  readonly icon: Icon;
  /** What it needs of Synapse; its page says why it is not there. */
  readonly feature?: FeatureId;
  /** Why it is not there behind MAS, where its Admin API can’t be used. */
  readonly mas?: Words;
  /** It is about MAS itself: listed only where MAS is in front. */
  readonly isOfMas?: true;
}

interface Group {
  readonly label: Words | null;
  readonly screens: readonly Screen[];
}

const NEEDS_MAS_TOKEN = msg`Matrix Authentication Service (MAS) handles this, and your access token can’t use its Admin API. Sign in through MAS, or with a token that has the scope urn:mas:admin.`;
const NO_MAS = msg`No Matrix Authentication Service (MAS) is in front of this homeserver.`;

export const REGISTRATION_TOKENS: Screen = {
  to: paths.registrationTokens(),
  label: msg`Registration tokens`,
  icon: IconTicket,
  feature: 'registration-tokens',
  mas: NEEDS_MAS_TOKEN,
};

export const MAS_SESSIONS: Screen = {
  to: paths.masSessions(),
  label: msg`Sessions`,
  icon: IconDevices,
  mas: NEEDS_MAS_TOKEN,
  isOfMas: true,
};

export const POLICY: Screen = {
  to: paths.policy(),
  label: msg`Policy data`,
  icon: IconShieldCog,
  mas: NEEDS_MAS_TOKEN,
  isOfMas: true,
};

export const MAS: Screen = {
  to: paths.mas(),
  label: msg`Authentication service`,
  icon: IconKey,
  mas: NEEDS_MAS_TOKEN,
  isOfMas: true,
};

export const BACKGROUND: Screen = {
  to: paths.background(),
  label: msg`Background tasks`,
  icon: IconSubtask,
  feature: 'background-updates',
};

export const FEDERATION: Screen = {
  to: paths.federation(),
  label: msg`Federation`,
  icon: IconAffiliate,
  feature: 'destinations',
};

export const EVENTS: Screen = {
  to: paths.events(),
  label: msg`Events`,
  icon: IconFileSearch,
  feature: 'fetch-event',
};

export const REMOVE_EXTERNAL_IDS: Screen = {
  to: paths.externalIds(),
  label: msg`Remove external IDs`,
  icon: IconUnlink,
  feature: 'replace-external-ids',
};

/** Things, in groups. What can be done stands on the things. */
export const NAVIGATION: readonly Group[] = [
  { label: null, screens: [{ to: paths.home(), label: msg`Overview`, icon: IconHome }] },
  {
    label: msg`Directory`,
    screens: [
      { to: paths.users(), label: msg`Users`, icon: IconUsers },
      { to: paths.rooms(), label: msg`Rooms`, icon: IconMessages },
      { to: paths.media(), label: msg`Media`, icon: IconPhoto },
    ],
  },
  {
    label: msg`Moderation`,
    screens: [
      { to: paths.reports(), label: msg`Reports`, icon: IconFlag },
      { to: paths.notices(), label: msg`Server notices`, icon: IconBell },
    ],
  },
  { label: msg`Access`, screens: [REGISTRATION_TOKENS, MAS_SESSIONS, POLICY] },
  {
    label: msg`Server`,
    screens: [
      FEDERATION,
      BACKGROUND,
      { to: paths.statistics(), label: msg`Statistics`, icon: IconChartBar },
      { to: paths.console(), label: msg`API console`, icon: IconTerminal2 },
    ],
  },
  { label: msg`Jobs`, screens: [{ to: paths.jobs(), label: msg`Activity`, icon: IconListCheck }] },
];

/** Jobs whose plan is made on a page of its own. */
export const NEW_JOBS: readonly Screen[] = [
  { to: paths.joinRooms(), label: msg`Join users to rooms`, icon: IconDoorEnter },
  { to: paths.deleteMedia(), label: msg`Delete media by date`, icon: IconPhotoX },
  REMOVE_EXTERNAL_IDS,
  { to: paths.spamWave(), label: msg`Clean up a spam wave`, icon: IconShieldX },
  { to: paths.bridge(), label: msg`Tear down a bridge`, icon: IconRouteOff },
];

/** Screens that stand in no list of the navigation: the palette finds them. */
export const MORE_SCREENS: readonly Screen[] = [
  { to: paths.createUser(), label: msg`Create user`, icon: IconUserPlus },
  { to: paths.importUsers(), label: msg`Import users`, icon: IconUsersPlus },
  { to: paths.scanUsers(), label: msg`Scan users`, icon: IconUserSearch },
  EVENTS,
  MAS,
  { to: paths.undoFile(), label: msg`Restore external IDs from a backup`, icon: IconArrowBackUp },
];

/** Why this homeserver can’t serve a screen; null where it can. */
export function whyAbsent({ feature, mas, isOfMas }: Screen, session: Session): Words | null {
  if (isOfMas && !session.mas) return NO_MAS;
  if (session.mas && mas !== undefined) return session.homeserver.mas ? null : mas;
  return feature === undefined ? null : lacksIn(session, feature);
}

/** The first part of the path: a page of one thing, or another step of a wizard, belongs to it. Each playbook is one of its own. */
export const family = (path: string): string => /^\/((?:playbooks\/)?[^/]*)/.exec(path)?.[1] ?? '';
