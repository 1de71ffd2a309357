import { HomeserverError } from '~/api/errors';
import { addAlias, lookAtAlias, lookAtHolderOfAlias, removeAlias, type SeenAlias } from '~/api/alias-asks';
import { defineAction, type Action } from '~/actions/action';
import { withValues } from '~/lib/text';
import { aliasOf } from './alias';

type State = { there: boolean };

const THERE = /*i18n*/ { id: 'alias.there', message: 'an alias of the room' };
const NOT_THERE = /*i18n*/ { id: 'alias.not-there', message: 'no alias of the room' };
const TAKEN = /*i18n*/ { id: 'alias.taken', message: 'It is an alias of another room: {roomId}' } as const;

const both = {
  entity: 'alias',
  look(id, server) {
    const { aliasId: alias, roomId } = aliasOf(id);
    return lookAtAlias(alias, roomId, server);
  },
  watch: { read: ({ there }) => ({ there }) },
  write(id, { there }, { server }) {
    const { aliasId: alias, roomId } = aliasOf(id);
    return there ? addAlias(alias, roomId, server) : removeAlias(alias, server);
  },
  phraseValues: (_input, id) => (id === null ? {} : aliasOf(id)),
  columns({ id }) {
    const { aliasId: alias, roomId } = aliasOf(id);
    return { Alias: alias, 'Room id': roomId };
  },
  repeatable: true,
  undo: 'restore',
  words: ({ there }) => (there ? THERE : NOT_THERE),
  script: {
    never: /*i18n*/ {
      id: 'alias.script',
      message: 'Not available as a script: which aliases a room has is not read from one place of an answer.',
    },
  },
} satisfies Partial<Action<SeenAlias, State>>;

export const addAliases = defineAction<SeenAlias, State>({
  ...both,
  kind: 'alias.add',
  icon: 'address-add',
  label: /*i18n*/ { id: 'alias.add.label', message: 'Add alias' },
  phrase: {
    one: /*i18n*/ { id: 'alias.add.one', message: 'Add {aliasId} to {roomId}' },
    many: /*i18n*/ {
      id: 'alias.add.many',
      message: 'Add {count, plural, =0 {aliases} one {# alias} other {# aliases}} to rooms',
    },
  },
  goal: () => ({ there: true }),
  async obstacle({ id }, look, server) {
    try {
      const { room_id: roomId } = await look(lookAtHolderOfAlias(aliasOf(id).aliasId, server));
      return withValues(TAKEN, { roomId });
    } catch (error) {
      if (error instanceof HomeserverError && error.notFound) return null;
      throw error;
    }
  },
  consequences: () => [
    /*i18n*/ {
      id: 'alias.add.leads',
      message: 'The alias leads to the room for everyone, on other homeservers too. Who can join does not change.',
    },
    /*i18n*/ {
      id: 'alias.add.not-main',
      message: 'It does not become the main alias of the room: a moderator of the room sets that.',
    },
  ],
});

export const removeAliases = defineAction<SeenAlias, State>({
  ...both,
  kind: 'alias.remove',
  icon: 'address-off',
  label: /*i18n*/ { id: 'alias.remove.label', message: 'Remove alias' },
  phrase: {
    one: /*i18n*/ { id: 'alias.remove.one', message: 'Remove {aliasId} from {roomId}' },
    many: /*i18n*/ {
      id: 'alias.remove.many',
      message: 'Remove {count, plural, =0 {aliases} one {# alias} other {# aliases}} from rooms',
    },
  },
  keywords: ['delete'],
  goal: () => ({ there: false }),
  consequences: () => [
    /*i18n*/ {
      id: 'alias.remove.dead',
      message: 'Links with this alias no longer lead to the room. Its members stay, and its ID and other aliases work.',
    },
    /*i18n*/ {
      id: 'alias.remove.free',
      message: 'Any user of this homeserver can then take the alias for another room.',
    },
    /*i18n*/ {
      id: 'alias.remove.main',
      message:
        'If it is the main alias, Synapse takes it out of the room’s settings only if you are in the room and may change them.',
    },
  ],
});
