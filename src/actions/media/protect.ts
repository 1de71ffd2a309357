import { protectMedia, type MediaInfo } from '~/api/media-asks';
import { defineAction, type Action } from '~/actions/action';
import { flag, present } from '~/lib/places';
import { ofFile } from './file';

type State = { protected: boolean };

const both = {
  ...ofFile,
  watch: { protected: flag('media_info', 'safe_from_quarantine') },
  write: (mxc, goal) => protectMedia(mxc, goal.protected),
  words: (state) => (state.protected ? 'protected' : 'not protected'),
} satisfies Partial<Action<MediaInfo, State>>;

/** Its request names no server: it would act on a local file with the same ID. */
const IS_COPY = {
  where: present('media_info', 'media_origin'),
  because: 'A copy of another homeserver’s file: only local files can be protected.',
} as const;

export const protect = defineAction<MediaInfo, State>({
  ...both,
  kind: 'media.protect',
  label: 'Protect',
  icon: 'shield',
  keywords: ['keep', 'safe'],
  goal: () => ({ protected: true }),
  refuse: [
    IS_COPY,
    { where: present('media_info', 'quarantined_by'), because: 'Quarantined: lift the quarantine first.' },
  ],
  consequences: () => [
    'A protected file can’t be quarantined, and the homeserver’s own sweep spares it. It can still be deleted by name.',
  ],
});

export const unprotect = defineAction<MediaInfo, State>({
  ...both,
  kind: 'media.unprotect',
  refuse: [IS_COPY],
  label: 'Unprotect',
  icon: 'shield-off',
  goal: () => ({ protected: false }),
  consequences: () => ['The file can be quarantined and swept again.'],
});
