import { registerView } from '~/entities/job/job-view';
import { registerKind, registerOtherKinds } from '~/job-store/job-kinds';
import { withWords } from '~/locales/language';

/** Which feature brings back the jobs of each kind that this browser keeps. Its code comes only with such a job. */
registerKind('join-rooms', async () => (await withWords('join-rooms', import('~/features/join-rooms/revive'))).revive);
registerKind(
  'delete-media',
  async () => (await withWords('delete-media', import('~/features/delete-media/revive'))).revive,
);
registerKind(
  'join-rooms-undo',
  async () => (await withWords('join-rooms', import('~/features/join-rooms/older-undo'))).revive,
);
for (const kind of ['create-user', 'import-users'] as const) {
  registerKind(kind, async () => (await import('~/job-store/account-jobs')).reviverOfAccounts(kind));
  registerView(
    kind,
    async () => (await withWords('import-users', import('~/features/import-users/job-view'))).accountsView,
  );
}
registerOtherKinds(async (kind) =>
  kind.startsWith('playbook.')
    ? (await import('~/job-store/playbook-jobs')).reviverOfPlaybook(kind)
    : (await import('~/job-store/action-jobs')).reviverOfAction(kind),
);

/** Which feature knows how its jobs are shown. */
registerView(
  'join-rooms',
  async () => (await withWords('join-rooms', import('~/features/join-rooms/job-view'))).joinView,
);
for (const kind of ['member.remove', 'join-rooms-undo']) {
  registerView(kind, async () => (await withWords('join-rooms', import('~/features/join-rooms/job-view'))).removalView);
}
registerView(
  'delete-media',
  async () => (await withWords('delete-media', import('~/features/delete-media/job-view'))).deletionView,
);
registerView(
  'media.delete',
  async () => (await withWords('delete-media', import('~/features/delete-media/job-view'))).deletionView,
);
const PLAYBOOKS = ['spam-wave', 'bridge', 'chosen', 'erasure', 'report'];
for (const name of PLAYBOOKS) {
  const kind = `playbook.${name}`;
  registerView(kind, async () => (await withWords('playbooks', import('~/features/playbooks/job-view'))).playbookView);
}
