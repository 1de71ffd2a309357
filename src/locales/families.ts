/**
 * The families of screens: each has a catalogue for each language, which is loaded with its route. What the sign-in page shows is
 * in `start`, what every page behind it can show is in `signed-in`.
 */
export const FAMILIES = {
  start: ['main.tsx', 'app/', 'api/', 'data/', 'features/login/', 'lib/', 'ui/'],
  // Titles of jobs are shown on every page.
  'signed-in': [
    'actions/',
    'entities/',
    'features/delete-media/titles.ts',
    'features/join-rooms/title.ts',
    'features/home/',
    'job-store/',
    'jobs/',
  ],
  background: ['features/background/'],
  bulk: ['features/bulk/'],
  console: ['features/console/'],
  'create-user': ['features/create-user/'],
  'data-request': ['features/data-request/'],
  'delete-media': ['features/delete-media/'],
  events: ['features/events/'],
  'external-ids': ['features/external-ids/'],
  'import-users': ['features/import-users/'],
  federation: ['features/federation/'],
  jobs: ['features/jobs/'],
  'join-rooms': ['features/join-rooms/'],
  keys: ['features/keys/'],
  mas: ['features/mas/'],
  'mas-policy': ['features/mas-policy/'],
  'mas-sessions': ['features/mas-sessions/'],
  media: ['features/media/'],
  notices: ['features/notices/'],
  palette: ['features/palette/'],
  playbooks: ['features/playbooks/'],
  reports: ['features/reports/'],
  'registration-tokens': ['features/registration-tokens/'],
  rooms: ['features/rooms/'],
  'scan-users': ['features/scan-users/'],
  statistics: ['features/statistics/'],
  users: ['features/users/'],
} as const;

export type Family = keyof typeof FAMILIES;
