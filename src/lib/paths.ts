/** Every path of the app (inside the hash). The accessibility test visits each of them. */
/** Half of a character, as a broken database may hold, can’t be encoded: the whole page would break for one link. */
const segment = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\uFFFD'));

export type WizardStep = 'choose' | 'plan' | 'confirm';

export const paths = {
  home: () => '/',
  users: () => '/users',
  user: (userId: string) => `/users/${segment(userId)}`,
  rooms: () => '/rooms',
  room: (roomId: string) => `/rooms/${segment(roomId)}`,
  jobs: () => '/jobs',
  job: (id: string) => `/jobs/${segment(id)}`,
  undoJob: (id: string) => `/jobs/${segment(id)}/undo`,
  bulk: (kind: string) => `/bulk/${segment(kind)}`,
  joinRooms: (step: WizardStep = 'choose') => `/join-rooms/${step}`,
  deleteMedia: (step: WizardStep = 'choose') => `/delete-media/${step}`,
  externalIds: (step: WizardStep = 'choose') => `/external-ids/${step}`,
  undoExternalIds: (step: WizardStep = 'choose') => `/external-ids/undo/${step}`,
} as const;
