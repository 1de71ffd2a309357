import { quarantineMedia, type MediaInfo } from '~/api/media-asks';
import { defineAction, type Action } from '~/actions/action';
import { flag, present } from '~/lib/places';
import { ofFile } from './file';

type State = { quarantined: boolean };

const both = {
  ...ofFile,
  watch: { quarantined: present('media_info', 'quarantined_by') },
  write: (mxc, { quarantined }) => quarantineMedia(mxc, quarantined),
  words: ({ quarantined }) => (quarantined ? 'quarantined' : 'not quarantined'),
} satisfies Partial<Action<MediaInfo, State>>;

const COPIES = 'Every copy with the same content on this homeserver changes with it, whoever uploaded it.';

export const quarantine = defineAction<MediaInfo, State>({
  ...both,
  kind: 'media.quarantine',
  label: 'Quarantine',
  icon: 'hide',
  keywords: ['hide', 'block'],
  goal: () => ({ quarantined: true }),
  // Answered with 200, and nothing happens (`store/room.py`, quarantine of local media).
  refuse: [
    {
      where: flag('media_info', 'safe_from_quarantine'),
      because: 'Protected: the homeserver would leave it alone.',
    },
  ],
  consequences: () => [
    'Nobody can open a quarantined file. It stays on the disk, and the quarantine can be lifted.',
    COPIES,
  ],
});

export const unquarantine = defineAction<MediaInfo, State>({
  ...both,
  kind: 'media.unquarantine',
  label: 'Lift quarantine',
  icon: 'show',
  phrase: (what) => `Lift the quarantine of ${what}`,
  keywords: ['show', 'release'],
  goal: () => ({ quarantined: false }),
  consequences: () => ['The file can be opened again.', COPIES],
});
