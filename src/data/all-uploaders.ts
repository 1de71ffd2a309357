import type { Homeserver } from '~/api/request';
import { listUploaders, type Uploader } from '~/api/statistics';
import { ListReader } from './list-reader';
import { wholeLists, type WholeList } from './whole-list';

const lists = wholeLists<Uploader>();

/** How far a reading is, and of which it is. */
export const allUploadersProgress = lists.progress;

/** Reads how much each user has uploaded: by their IDs, since no other order is the same from page to page. */
export const readAllUploaders = (hs: Homeserver, key: string, signal: AbortSignal): Promise<WholeList<Uploader>> =>
  lists.read(
    hs,
    key,
    (take) => {
      const reader = new ListReader<Uploader>({
        async ask(from, range, aborted) {
          const { users, ...page } = await listUploaders(from, { ...range, order_by: 'user_id' }, aborted);
          return { rows: users, ...page };
        },
        keyOf: ({ user_id: id }) => id,
        take,
      });
      return {
        progress: () => reader.progress(),
        async run(from, aborted, onProgress) {
          const { lostTrack, absent, ...read } = await reader.run(from, aborted, onProgress);
          return { ...read, missing: absent === 0 && lostTrack ? 1 : absent };
        },
      };
    },
    signal,
  );
