import { protectMedia, type MediaInfo } from '~/api/media-asks';
import { defineAction, type Action } from '~/actions/action';
import { flag, present } from '~/lib/places';
import { ofFile } from './file';

type State = { protected: boolean };

const PROTECTED = /*i18n*/ { id: 'media.protected', message: 'protected' };
const NOT_PROTECTED = /*i18n*/ { id: 'media.not-protected', message: 'not protected' };

const both = {
  ...ofFile,
  watch: { protected: flag('media_info', 'safe_from_quarantine') },
  write: (mxc, goal) => protectMedia(mxc, goal.protected),
  words: (state) => (state.protected ? PROTECTED : NOT_PROTECTED),
} satisfies Partial<Action<MediaInfo, State>>;

/** Its request names no server: it would act on a local file with the same ID. */
const IS_COPY = {
  where: present('media_info', 'media_origin'),
  because: /*i18n*/ {
    id: 'media.protect.copy',
    message: 'A cached copy of another homeserver’s file: only local files can be protected.',
  },
} as const;

export const protect = defineAction<MediaInfo, State>({
  ...both,
  kind: 'media.protect',
  icon: 'shield',
  label: /*i18n*/ { id: 'media.protect.label', message: 'Protect' },
  phrase: {
    one: /*i18n*/ { id: 'media.protect.one', message: 'Protect {id}' },
    many: /*i18n*/ {
      id: 'media.protect.many',
      message: 'Protect {count, plural, =0 {files} one {# file} other {# files}}',
    },
  },
  keywords: ['keep', 'safe'],
  goal: () => ({ protected: true }),
  refuse: [
    IS_COPY,
    {
      where: present('media_info', 'quarantined_by'),
      because: /*i18n*/ { id: 'media.protect.quarantined', message: 'Quarantined: lift the quarantine first.' },
    },
  ],
  consequences: () => [
    /*i18n*/ {
      id: 'media.protect.spared',
      message:
        'A protected file can’t be quarantined, and Synapse’s own cleanup skips it. It can still be deleted on its own.',
    },
  ],
});

export const unprotect = defineAction<MediaInfo, State>({
  ...both,
  kind: 'media.unprotect',
  refuse: [IS_COPY],
  icon: 'shield-off',
  label: /*i18n*/ { id: 'media.unprotect.label', message: 'Unprotect' },
  phrase: {
    one: /*i18n*/ { id: 'media.unprotect.one', message: 'Unprotect {id}' },
    many: /*i18n*/ {
      id: 'media.unprotect.many',
      message: 'Unprotect {count, plural, =0 {files} one {# file} other {# files}}',
    },
  },
  goal: () => ({ protected: false }),
  consequences: () => [
    /*i18n*/ { id: 'media.unprotect.again', message: 'Unprotected files can be quarantined and cleaned up again.' },
  ],
});
