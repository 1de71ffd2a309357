import { createHashRouter, type RouteObject } from 'react-router';
import { paths } from '~/lib/paths';
import { withWords } from '~/locales/language';
import { ErrorPage } from './ErrorPage';
import {
  BACKGROUND,
  EVENTS,
  FEDERATION,
  MAS,
  MAS_SESSIONS,
  POLICY,
  REGISTRATION_TOKENS,
  REMOVE_EXTERNAL_IDS,
} from './navigation';
import { NeedsFeature } from './NeedsFeature';
import { NotFoundPage } from './NotFoundPage';
import { OldJobAddress } from './OldJobAddress';
import { Shell } from './Shell';

const OLD_JOB_ADDRESSES = ['join-rooms', 'join-rooms/undo', 'delete-media', 'external-ids', 'external-ids/undo'];

/** Paths live in the hash: the build works from any sub-path of any static host, with no rewriting there. */
const routes: RouteObject[] = [
  {
    element: <Shell />,
    errorElement: <ErrorPage />,
    children: [
      {
        errorElement: <ErrorPage />,
        children: [
          {
            index: true,
            lazy: async () => ({
              Component: (await withWords('signed-in', import('~/features/home/HomePage'))).HomePage,
            }),
          },
          {
            path: 'users',
            lazy: async () => ({
              Component: (await withWords('users', import('~/features/users/UsersPage'))).UsersPage,
            }),
          },
          {
            path: 'users/create',
            lazy: async () => ({
              Component: (await withWords('create-user', import('~/features/create-user/CreateUserPage')))
                .CreateUserPage,
            }),
          },
          {
            path: 'users/import/:step?',
            lazy: async () => ({
              Component: (await withWords('import-users', import('~/features/import-users/ImportUsersWizard')))
                .ImportUsersWizard,
            }),
          },
          {
            path: 'users/scan',
            lazy: async () => ({
              Component: (await withWords('scan-users', import('~/features/scan-users/ScanUsersPage'))).ScanUsersPage,
            }),
          },
          {
            path: 'users/only-in-mas',
            lazy: async () => ({
              Component: (await withWords('users', import('~/features/users/OnlyInMasPage'))).OnlyInMasPage,
            }),
          },
          {
            path: 'users/:userId',
            lazy: async () => ({ Component: (await withWords('users', import('~/features/users/UserPage'))).UserPage }),
          },
          {
            path: 'users/:userId/data-request',
            lazy: async () => ({
              Component: (await withWords('data-request', import('~/features/data-request/DataRequestPage')))
                .DataRequestPage,
            }),
          },
          {
            path: 'rooms',
            lazy: async () => ({
              Component: (await withWords('rooms', import('~/features/rooms/RoomsPage'))).RoomsPage,
            }),
          },
          {
            path: 'rooms/:roomId',
            lazy: async () => ({ Component: (await withWords('rooms', import('~/features/rooms/RoomPage'))).RoomPage }),
          },
          {
            element: <NeedsFeature screen={EVENTS} />,
            children: [
              {
                path: 'events/:eventId?',
                lazy: async () => ({
                  Component: (await withWords('events', import('~/features/events/EventPage'))).EventPage,
                }),
              },
            ],
          },
          {
            path: 'reports/messages/:reportId',
            lazy: async () => ({
              Component: (await withWords('reports', import('~/features/reports/MessageReportPage'))).MessageReportPage,
            }),
          },
          {
            path: 'reports/users/:reportId',
            lazy: async () => ({
              Component: (await withWords('reports', import('~/features/reports/UserReportPage'))).UserReportPage,
            }),
          },
          {
            path: 'reports',
            lazy: async () => ({
              Component: (await withWords('reports', import('~/features/reports/ReportsPage'))).ReportsPage,
            }),
          },
          {
            path: 'media',
            lazy: async () => ({
              Component: (await withWords('media', import('~/features/media/MediaPage'))).MediaPage,
            }),
          },
          {
            path: 'media/:serverName/:mediaId',
            lazy: async () => ({ Component: (await withWords('media', import('~/features/media/FilePage'))).FilePage }),
          },
          {
            element: <NeedsFeature screen={REGISTRATION_TOKENS} />,
            children: [
              {
                path: 'registration-tokens',
                lazy: async () => ({
                  Component: (
                    await withWords(
                      'registration-tokens',
                      import('~/features/registration-tokens/RegistrationTokensPage'),
                    )
                  ).RegistrationTokensPage,
                }),
              },
            ],
          },
          {
            element: <NeedsFeature screen={MAS_SESSIONS} />,
            children: [
              {
                path: 'sessions',
                lazy: async () => ({
                  Component: (await withWords('mas-sessions', import('~/features/mas-sessions/MasSessionsPage')))
                    .MasSessionsPage,
                }),
              },
            ],
          },
          {
            element: <NeedsFeature screen={POLICY} />,
            children: [
              {
                path: 'policy',
                lazy: async () => ({
                  Component: (await withWords('mas-policy', import('~/features/mas-policy/PolicyPage'))).PolicyPage,
                }),
              },
            ],
          },
          {
            element: <NeedsFeature screen={MAS} />,
            children: [
              {
                path: 'mas',
                lazy: async () => ({ Component: (await withWords('mas', import('~/features/mas/MasPage'))).MasPage }),
              },
              {
                path: 'mas/move-links',
                lazy: async () => ({
                  Component: (await withWords('mas', import('~/features/mas/MoveLinksPage'))).MoveLinksPage,
                }),
              },
            ],
          },
          {
            element: <NeedsFeature screen={BACKGROUND} />,
            children: [
              {
                path: 'background',
                lazy: async () => ({
                  Component: (await withWords('background', import('~/features/background/BackgroundPage')))
                    .BackgroundPage,
                }),
              },
            ],
          },
          {
            element: <NeedsFeature screen={FEDERATION} />,
            children: [
              {
                path: 'federation',
                lazy: async () => ({
                  Component: (await withWords('federation', import('~/features/federation/FederationPage')))
                    .FederationPage,
                }),
              },
              {
                path: 'federation/:destination',
                lazy: async () => ({
                  Component: (await withWords('federation', import('~/features/federation/DestinationPage')))
                    .DestinationPage,
                }),
              },
            ],
          },
          {
            path: 'statistics',
            lazy: async () => ({
              Component: (await withWords('statistics', import('~/features/statistics/StatisticsPage'))).StatisticsPage,
            }),
          },
          {
            path: 'console',
            lazy: async () => ({
              Component: (await withWords('console', import('~/features/console/ConsolePage'))).ConsolePage,
            }),
          },
          {
            path: 'notices',
            lazy: async () => ({
              Component: (await withWords('notices', import('~/features/notices/NoticesPage'))).NoticesPage,
            }),
          },
          {
            path: 'jobs',
            lazy: async () => ({ Component: (await withWords('jobs', import('~/features/jobs/JobsPage'))).JobsPage }),
          },
          {
            path: 'jobs/:jobId',
            lazy: async () => ({ Component: (await withWords('jobs', import('~/features/jobs/JobPage'))).JobPage }),
          },
          {
            path: 'jobs/:jobId/undo',
            lazy: async () => ({
              Component: (await withWords('bulk', import('~/features/bulk/UndoJobPage'))).UndoJobPage,
            }),
          },
          {
            path: 'undo-file',
            lazy: async () => ({
              Component: (await withWords('bulk', import('~/features/bulk/UndoFilePage'))).UndoFilePage,
            }),
          },
          {
            path: 'bulk/:kind/:step?',
            lazy: async () => ({ Component: (await withWords('bulk', import('~/features/bulk/BulkPage'))).BulkPage }),
          },
          {
            path: 'join-rooms/:step?',
            lazy: async () => ({
              Component: (await withWords('join-rooms', import('~/features/join-rooms/JoinRoomsWizard')))
                .JoinRoomsWizard,
            }),
          },
          {
            path: 'delete-media/:step?',
            lazy: async () => ({
              Component: (await withWords('delete-media', import('~/features/delete-media/DeleteMediaWizard')))
                .DeleteMediaWizard,
            }),
          },
          {
            path: 'playbooks/spam-wave/:step?',
            lazy: async () => ({
              Component: (await withWords('playbooks', import('~/features/playbooks/SpamWaveWizard'))).SpamWaveWizard,
            }),
          },
          {
            path: 'playbooks/bridge/:step?',
            lazy: async () => ({
              Component: (await withWords('playbooks', import('~/features/playbooks/BridgeWizard'))).BridgeWizard,
            }),
          },
          { path: 'join-rooms/undo/:step?', element: <OldJobAddress to={paths.undoJob} /> },
          {
            element: <NeedsFeature screen={REMOVE_EXTERNAL_IDS} />,
            children: [
              {
                path: 'external-ids/:step?',
                lazy: async () => ({
                  Component: (await withWords('external-ids', import('~/features/external-ids/ExternalIdsWizard')))
                    .ExternalIdsWizard,
                }),
              },
            ],
          },
          ...OLD_JOB_ADDRESSES.flatMap((wizard) =>
            ['run', 'report'].map((step) => ({ path: `${wizard}/${step}`, element: <OldJobAddress /> })),
          ),
          { path: 'external-ids/undo/:step?', element: <OldJobAddress to={paths.undoJob} /> },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
    ],
  },
];

export function createAppRouter() {
  return createHashRouter(routes);
}
