import { deleteMedia as deleteOne, placeOf, type MediaInfo } from '~/api/media-asks';
import { isListedMedia } from '~/api/media';
import { lacks } from '~/api/since';
import { defineAction, type Refusal } from '~/actions/action';
import type { Json } from '~/jobs/job';
import { formatBytes } from '~/lib/bytes';
import { exact } from '~/lib/dates';
import { flag, present } from '~/lib/places';
import { wordsOf } from '~/lib/words';
import { LATEST_UNLIKELY } from '~/lib/times';
import { ofFile } from './file';

type State = { exists: boolean };

/** By which rule a plan chose its files; null: they were named. The rule is looked at again just before each file goes. */
export type DateRule = {
  readonly by: 'not-opened-since' | 'uploaded-before';
  /** Epoch ms, exclusive. */
  readonly beforeTs: number;
  /** Bytes, exclusive. */
  readonly largerThan: number;
} | null;

/** What the report tells of a file that is gone. Times in ms. */
export type FileNote = {
  readonly owner: string | null;
  readonly name: string | null;
  readonly type: string | null;
  readonly bytes: number | null;
  readonly created: number;
  readonly opened: number | null;
};

const info = (name: string) => ['media_info', name] as const;
const length = info('media_length');
const uploaded = { at: info('created_ts'), as: 'ms' } as const;
const opened = { at: info('last_access_ts'), or: info('created_ts'), as: 'ms' } as const;

const ALWAYS: readonly Refusal[] = [
  {
    where: present('media_info', 'media_origin'),
    because: /*i18n*/ {
      id: 'media.delete.copy',
      message: 'A cached copy of another homeserver’s file.',
    },
  },
  {
    where: flag(...info('safe_from_quarantine')),
    because: /*i18n*/ { id: 'media.delete.protected', message: 'Protected: unprotect it first.' },
  },
  // DELETE removes its record but looks for its file in the wrong place (`media_repository.py:1704`).
  {
    where: present(...info('url_cache')),
    because: /*i18n*/ { id: 'media.delete.preview', message: 'A link preview: Synapse deletes those itself.' },
  },
];

/** What the rule says of a file by now. A date in seconds, zero or below says nothing about its age. */
function refusedBy({ by, beforeTs, largerThan }: NonNullable<DateRule>): readonly Refusal[] {
  const where = by === 'uploaded-before' ? uploaded : opened;
  return [
    {
      where,
      from: beforeTs,
      because: /*i18n*/ { id: 'media.delete.opened', message: 'Opened since the plan was made.' },
    },
    {
      where: { at: length, as: 'absent' },
      because: /*i18n*/ { id: 'media.delete.unfinished', message: 'The upload is not finished.' },
    },
    {
      where: { at: length, as: 'ms' },
      upTo: largerThan,
      because: /*i18n*/ { id: 'media.delete.smaller', message: 'Smaller than the plan says.' },
    },
    {
      where: present(...info('quarantined_by')),
      because: /*i18n*/ { id: 'media.delete.quarantined-since', message: 'Quarantined since the plan was made.' },
    },
    {
      where: flag(...info('safe_from_quarantine')),
      because: /*i18n*/ {
        id: 'media.delete.protected-since',
        message: 'Protected since the plan was made.',
      },
    },
    {
      where,
      upTo: LATEST_UNLIKELY,
      because: /*i18n*/ { id: 'media.delete.odd-date', message: 'Its date can’t be right.' },
    },
  ];
}

const STORED = /*i18n*/ { id: 'media.stored', message: 'stored' };
const GONE = /*i18n*/ { id: 'media.gone', message: 'deleted' };

const NEVER = /*i18n*/ { id: 'media.never-opened', message: 'never' };

const noteOf = (note: Json | undefined) => (note ?? null) as FileNote | null;

export const deleteMedia = defineAction<MediaInfo, State, DateRule>({
  ...ofFile,
  kind: 'media.delete',
  icon: 'trash',
  label: /*i18n*/ { id: 'media.delete.label', message: 'Delete' },
  phrase: {
    one: /*i18n*/ { id: 'media.delete.one', message: 'Delete {id}' },
    many: /*i18n*/ {
      id: 'media.delete.many',
      message: 'Delete {count, plural, =0 {files} one {# file} other {# files}}',
    },
  },
  keywords: ['remove', 'erase', 'free space'],
  danger: true,
  instead: 'media.quarantine',
  watch: { exists: present(...info('media_id')) },
  absent: { exists: false },
  goal: () => ({ exists: false }),
  refuseBy: (rule) => (rule ? [...refusedBy(rule), ...ALWAYS] : ALWAYS),
  write: (mxc) => deleteOne(mxc),
  undo: {
    never: /*i18n*/ {
      id: 'media.delete.undo',
      message: 'This can’t be undone: Synapse keeps nothing of a deleted file.',
    },
  },
  words: ({ exists }) => (exists ? STORED : GONE),
  consequences: (rule, _many, { server }) => [
    ...(rule && lacks(server.version, 'media-info')
      ? [
          /*i18n*/ {
            id: 'media.delete.not-looked',
            message:
              'This version of Synapse can’t be asked about a single file: files that are opened after the plan are deleted too.',
          },
        ]
      : []),
    /*i18n*/ {
      id: 'media.delete.shows-nothing',
      message:
        'Messages, profiles and rooms that use the file show nothing in its place, here and on homeservers without a copy.',
    },
    /*i18n*/ {
      id: 'media.delete.stored-elsewhere',
      message: 'Files in a storage provider such as S3 stay there, but Synapse no longer knows them.',
    },
    /*i18n*/ {
      id: 'media.delete.or-quarantine',
      message: 'To hide a file and be able to bring it back, quarantine it instead.',
    },
  ],
  note: ({ media_info: file }): FileNote => ({
    owner: file.user_id ?? null,
    name: file.upload_name ?? null,
    type: file.media_type ?? null,
    bytes: file.media_length ?? null,
    created: file.created_ts,
    opened: file.last_access_ts ?? null,
  }),
  columns({ note }) {
    const file = noteOf(note);
    return {
      File: file?.name ?? '',
      Owner: file?.owner ?? '',
      Size: file?.bytes == null ? '' : formatBytes(file.bytes),
      'Last opened': file?.opened == null ? wordsOf(NEVER) : exact(file.opened),
    };
  },
  // Before Synapse 1.140 the owner's list is the only look.
  isThere: async (hs, { id, note }, signal) =>
    isListedMedia(hs, noteOf(note)?.owner ?? '', placeOf(id).mediaId, signal),
});
