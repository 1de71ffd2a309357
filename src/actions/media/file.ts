import { lookAtMedia } from '~/api/media-asks';
import type { Server } from '~/actions/action';
import { lacks } from '~/api/since';

/** What actions on files share. A file is named `mxc://server/id`. */
export const ofFile = {
  entity: 'media',
  look: (mxc: string) => lookAtMedia(mxc),
  identity: { at: ['media_info', 'created_ts'], as: 'ms' },
  // Before that nobody can ask for one file.
  guard: ({ version }: Server) => lacks(version, 'media-info'),
  repeatable: true,
  undo: 'restore',
} as const;
