import type { Room, RoomRow } from '~/api/rooms';
import type { Mark } from '~/ui/Marks';
import { isolatedWords } from '~/lib/shown-text';

/** What the spec's join rules mean, in a word. */
const JOIN_RULES: Readonly<Record<string, Pick<Mark, 'label' | 'meaning'>>> = {
  public: { label: 'anyone can join', meaning: 'Join rule “public”.' },
  invite: { label: 'invite', meaning: 'Only people who are invited can join.' },
  knock: { label: 'knock', meaning: 'People can ask to join.' },
  restricted: { label: 'restricted', meaning: 'Members of certain other rooms can join.' },
  knock_restricted: { label: 'knock restricted', meaning: 'Members of certain other rooms can join, others can ask.' },
};

function joinRuleOf(rule: string): Mark {
  const known = Object.hasOwn(JOIN_RULES, rule) ? JOIN_RULES[rule] : undefined;
  return {
    tone: 'plain',
    label: known?.label ?? isolatedWords(rule, 40),
    ...(known?.meaning && { meaning: known.meaning }),
  };
}

/** A room's states as labels. */
export function roomBadges(room: RoomRow | Room): Mark[] {
  const marks: (Mark | false)[] = [
    'tombstoned' in room &&
      room.tombstoned === true && {
        label: 'replaced',
        tone: 'warning',
        meaning: 'Upgraded: another room has taken its place.',
      },
    room.room_type === 'm.space' && { label: 'space', tone: 'note', meaning: 'Groups other rooms.' },
    room.room_type != null &&
      room.room_type !== '' &&
      room.room_type !== 'm.space' && {
        label: isolatedWords(room.room_type, 40),
        tone: 'note',
        meaning: 'The room’s type.',
      },
    room.joined_members === 0 && {
      label: 'empty',
      tone: 'warning',
      meaning: 'Nobody is in it, by the homeserver’s statistics.',
    },
    room.public === true && {
      label: 'listed',
      tone: 'good',
      meaning: 'Public: listed in the homeserver’s room directory.',
    },
    room.join_rules != null && room.join_rules !== '' && joinRuleOf(room.join_rules),
    room.encryption != null &&
      room.encryption !== '' && { label: 'encrypted', tone: 'plain', meaning: isolatedWords(room.encryption, 100) },
    // Without statistics of the room the answer says no here, whatever the room does (`store/room.py:472`).
    room.federatable === false &&
      room.joined_members != null && {
        label: 'local only',
        tone: 'plain',
        meaning: 'Users of other servers can’t join.',
      },
  ];
  return marks.filter((mark) => mark !== false);
}
