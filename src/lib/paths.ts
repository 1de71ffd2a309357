/** Every path of the app (inside the hash). The accessibility test visits each of them. */
/** Half of a character, as a broken database may hold, can’t be encoded: the whole page would break for one link. */
const segment = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\uFFFD'));

/** Both parts of `mxc://server/id`, whatever characters they have. */
const partsOf = (mxc: string): string[] => /^mxc:\/\/([^/]+)\/(.+)$/s.exec(mxc)?.slice(1) ?? [];

export type WizardStep = 'choose' | 'review';

export const paths = {
  home: () => '/',
  users: () => '/users',
  createUser: () => '/users/create',
  importUsers: (step: WizardStep = 'choose') => `/users/import/${step}`,
  scanUsers: () => '/users/scan',
  /** Accounts that only MAS knows. */
  onlyInMas: () => '/users/only-in-mas',
  user: (userId: string) => `/users/${segment(userId)}`,
  dataRequest: (userId: string) => `/users/${segment(userId)}/data-request`,
  rooms: () => '/rooms',
  room: (roomId: string) => `/rooms/${segment(roomId)}`,
  events: () => '/events',
  event: (eventId: string) => `/events/${segment(eventId)}`,
  reports: () => '/reports',
  messageReport: (id: string) => `/reports/messages/${segment(id)}`,
  userReport: (id: string) => `/reports/users/${segment(id)}`,
  media: () => '/media',
  /** Of one file, by its `mxc://server/id`. */
  file: (mxc: string) => `/media/${partsOf(mxc).map(segment).join('/')}`,
  notices: () => '/notices',
  registrationTokens: () => '/registration-tokens',
  /** What MAS keeps, where it is in front. */
  masSessions: () => '/sessions',
  policy: () => '/policy',
  mas: () => '/mas',
  moveLinks: () => '/mas/move-links',
  background: () => '/background',
  statistics: () => '/statistics',
  federation: () => '/federation',
  destination: (name: string) => `/federation/${segment(name)}`,
  console: () => '/console',
  jobs: () => '/jobs',
  job: (id: string) => `/jobs/${segment(id)}`,
  undoJob: (id: string) => `/jobs/${segment(id)}/undo`,
  undoFile: () => '/undo-file',
  bulk: (kind: string, step: WizardStep = 'choose') => `/bulk/${segment(kind)}/${step}`,
  joinRooms: (step: WizardStep = 'choose') => `/join-rooms/${step}`,
  deleteMedia: (step: WizardStep = 'choose') => `/delete-media/${step}`,
  spamWave: (step: WizardStep = 'choose') => `/playbooks/spam-wave/${step}`,
  bridge: (step: WizardStep = 'choose') => `/playbooks/bridge/${step}`,
  externalIds: (step: WizardStep = 'choose') => `/external-ids/${step}`,
} as const;

const FOR_ALL: ReadonlySet<string> = new Set([
  paths.users(),
  paths.rooms(),
  paths.events(),
  paths.reports(),
  paths.media(),
  paths.notices(),
  paths.registrationTokens(),
  paths.background(),
  paths.statistics(),
  paths.federation(),
  paths.console(),
  paths.jobs(),
]);

/** The same page for another account, where that is of no particular thing; else the overview. What was searched for stays behind. */
export function pageForAll(path: string): string {
  const [pathname = ''] = path.split('?');
  return FOR_ALL.has(pathname) ? pathname : paths.home();
}

/** What has a page of its own. */
export interface Thing {
  readonly kind: 'user' | 'room' | 'destination' | 'media';
  readonly id: string;
}

const THING = /^\/(users|rooms|federation|media)\/([^/]+)(?:\/([^/]+))?$/;
const KINDS: Readonly<Record<string, Thing['kind']>> = {
  users: 'user',
  rooms: 'room',
  federation: 'destination',
  media: 'media',
};

/** Whose page it is, if it is the page of one thing. */
export function thingAt(pathname: string): Thing | null {
  const [, family = '', part = '', second] = THING.exec(pathname) ?? [];
  const kind = KINDS[family];
  // Only a file is named by two parts.
  if (kind === undefined || (kind === 'media') !== (second !== undefined)) return null;
  try {
    const id = decodeURIComponent(part);
    if (kind === 'media') return { kind, id: `mxc://${id}/${decodeURIComponent(second ?? '')}` };
    // `/users/create` is the page of no user.
    return kind === 'user' && !id.startsWith('@') ? null : { kind, id };
  } catch {
    return null;
  }
}

const PAGE_OF: Readonly<Record<Thing['kind'], (id: string) => string>> = {
  user: paths.user,
  room: paths.room,
  destination: paths.destination,
  media: paths.file,
};

export const pathOfThing = ({ kind, id }: Thing): string => PAGE_OF[kind](id);
