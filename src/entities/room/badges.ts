import { msg } from '@lingui/core/macro';
import type { Room, RoomBlock, RoomRow } from '~/api/rooms';
import type { Mark } from '~/ui/Marks';
import { isolatedWords } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';

/** The join rules of the Matrix specification. */
const JOIN_RULES: Readonly<Record<string, Pick<Mark, 'label' | 'meaning'>>> = {
  public: { label: msg`anyone can join`, meaning: msg`Join rule “public”.` },
  invite: { label: msg`invite only`, meaning: msg`Only people who are invited can join.` },
  knock: { label: msg`ask to join`, meaning: msg`People can ask to join, or be invited.` },
  restricted: { label: msg`restricted`, meaning: msg`Members of certain other rooms can join.` },
  knock_restricted: {
    label: msg`restricted, or ask to join`,
    meaning: msg`Members of certain other rooms can join. Others can ask to join.`,
  },
};

function joinRuleOf(rule: string): Mark {
  const known = Object.hasOwn(JOIN_RULES, rule) ? JOIN_RULES[rule] : undefined;
  return {
    tone: 'plain',
    label: known?.label ?? isolatedWords(rule, 40),
    ...(known?.meaning && { meaning: known.meaning }),
  };
}

/** Who can join, in words; null where it is not known. */
export const joinRuleWords = (rule: string | null | undefined): string | null =>
  rule == null || rule === '' ? null : wordsOf(joinRuleOf(rule).label);

/** What is special about a room, as labels. */
export function roomBadges(room: RoomRow | Room): Mark[] {
  const marks: (Mark | false)[] = [
    'tombstoned' in room &&
      room.tombstoned === true && {
        label: msg`replaced`,
        tone: 'warning',
        meaning: msg`Upgraded: another room has replaced it.`,
      },
    room.room_type === 'm.space' && { label: msg`space`, tone: 'note', meaning: msg`Groups other rooms.` },
    room.room_type != null &&
      room.room_type !== '' &&
      room.room_type !== 'm.space' && {
        label: isolatedWords(room.room_type, 40),
        tone: 'note',
        meaning: msg`The type of this room.`,
      },
    room.joined_members === 0 && {
      label: msg`empty`,
      tone: 'warning',
      meaning: msg`According to the homeserver’s statistics, nobody is in it.`,
    },
    room.public === true && {
      label: msg`listed`,
      tone: 'good',
      meaning: msg`Listed in the homeserver’s room directory.`,
    },
    room.join_rules != null && room.join_rules !== '' && joinRuleOf(room.join_rules),
    room.encryption != null &&
      room.encryption !== '' && { label: msg`encrypted`, tone: 'plain', meaning: isolatedWords(room.encryption, 100) },
    // Without statistics of the room, Synapse always answers no here (`store/room.py:472`).
    room.federatable === false &&
      room.joined_members != null && {
        label: msg`local only`,
        tone: 'plain',
        meaning: msg`Users of other homeservers can’t join.`,
      },
  ];
  return marks.filter((mark) => mark !== false);
}

/** Of a room whose state names a server that checks its events first (MSC4284). */
export const POLICY_SERVER: Mark = {
  label: msg`policy server`,
  tone: 'note',
  meaning: msg`A server that the room names checks its events before they are sent.`,
};

/** From a request of its own. */
export const blockedMark = (block: RoomBlock | null | undefined): Mark[] =>
  block?.block === true
    ? [{ label: msg`blocked`, tone: 'grave', meaning: msg`Nobody on this homeserver can join it or be invited to it.` }]
    : [];
