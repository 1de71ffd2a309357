import { postServerNotice, sendServerNotice } from '~/api/access-asks';
import type { User } from '~/api/users';
import { defineAction } from '~/actions/action';
import { withValues, type Text } from '~/lib/text';
import { ofAccount, unlessClosed } from './account';

/** `txn`: made for the plan, so that each try of an item is one and the same notice. */
type State = { txn?: string };
export type NoticeInput = { readonly text: string; readonly html?: string };

const EMPTY = /*i18n*/ { id: 'user.notice.empty', message: 'Enter the text of the notice.' };
const NOT_SENT = /*i18n*/ { id: 'user.notice.now', message: 'no notice' };
const SENT = /*i18n*/ { id: 'user.notice.then', message: 'a notice' };
const SENT_AS = /*i18n*/ { id: 'user.notice.then-as', message: 'a notice, transaction {txnId}' } as const;
const NOT_SET_UP = /*i18n*/ {
  id: 'user.notice.not-set-up',
  message:
    'Server notices are not set up on this homeserver. Add this line to homeserver.yaml and restart Synapse: {line}',
} as const;
// oxlint-disable-next-line texts/no-bare-texts -- a line of a configuration file is the same in any language
const LINE = 'server_notices: { system_mxid_localpart: notices, room_name: "Server notices" }';

/** The same as it is written there. */
export const NOTICES_YAML = `server_notices:
  system_mxid_localpart: notices
  system_mxid_display_name: "Server notices"
  room_name: "Server notices"
`;

/** Whether this is why a notice was refused: the line above, perhaps with the homeserver’s own words behind it. */
export function saysNotSetUp(reason: Text): boolean {
  if (typeof reason === 'string') return false;
  return (
    reason.id === NOT_SET_UP.id ||
    Object.values(reason.values ?? {}).some((value) => isText(value) && saysNotSetUp(value))
  );
}
const isText = (value: unknown): value is Text => typeof value === 'object' && value !== null;

const NEVER = -1;

export const sendNotice = defineAction<User, State, NoticeInput>({
  ...ofAccount,
  kind: 'user.notice',
  icon: 'notice',
  group: 'content',
  label: /*i18n*/ { id: 'user.notice.label', message: 'Send server notice' },
  phrase: {
    one: /*i18n*/ { id: 'user.notice.one', message: 'Send a server notice to {id}' },
    many: /*i18n*/ {
      id: 'user.notice.many',
      message: 'Send a server notice to {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['message', 'announcement', 'tell', 'inform'],
  watch: {},
  unseen: true,
  // The same transaction again is the same notice, for the 30 minutes at least that Synapse remembers it. Behind MAS there is none.
  repeatable: true,
  knownFor: ({ mas }) => (mas ? NEVER : 25 * 60_000),
  undo: {
    never: /*i18n*/ {
      id: 'user.notice.undo',
      message: 'This can’t be undone: a notice that was sent stays in its room.',
    },
  },
  form: {
    fields: [
      {
        name: 'text',
        kind: 'lines',
        label: /*i18n*/ { id: 'user.notice.text', message: 'Text of the notice' },
        help: /*i18n*/ { id: 'user.notice.text-help', message: 'Plain text. Line breaks are kept.' },
      },
      {
        name: 'html',
        kind: 'lines',
        label: /*i18n*/ { id: 'user.notice.html', message: 'The same as HTML' },
        help: /*i18n*/ {
          id: 'user.notice.html-help',
          message: 'Optional. Clients that show formatted text show this in its place. “Server notices” has a preview.',
        },
      },
    ],
    initial: { text: '', html: '' },
    read(entered) {
      const [text, html] = [String(entered['text'] ?? '').trim(), String(entered['html'] ?? '').trim()];
      return text === '' ? { problems: { text: EMPTY } } : { input: { text, ...(html !== '' && { html }) } };
    },
  },
  goal: () => ({ txn: crypto.randomUUID() }),
  refuse: [unlessClosed],
  write: (userId, { txn = '' }, { input, server }) =>
    server.mas ? postServerNotice(userId, input) : sendServerNotice(userId, txn, input),
  explain: ({ status, serverReason }) =>
    status === 400 && serverReason?.includes('Server notices are not enabled')
      ? withValues(NOT_SET_UP, { line: LINE })
      : null,
  words: ({ txn }) => (txn === undefined ? NOT_SENT : SENT),
  asItIs: ({ txn }) => (txn === undefined ? NOT_SENT : withValues(SENT_AS, { txnId: txn })),
  consequences: (_input, many) => [
    many
      ? /*i18n*/ {
          id: 'user.notice.rooms',
          message:
            'Each user gets it in a room of their own with the homeserver, which they are invited to the first time.',
        }
      : /*i18n*/ {
          id: 'user.notice.room',
          message: 'The notice arrives in a room with the homeserver, to which the user is invited the first time.',
        },
    /*i18n*/ {
      id: 'user.notice.decline',
      message: 'Users can’t decline that invitation or leave the room.',
    },
  ],
  script: {
    never: /*i18n*/ {
      id: 'user.notice.script',
      message: 'Not available as a script: run twice, it would send each notice twice.',
    },
  },
});
