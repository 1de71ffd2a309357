import { msg } from '@lingui/core/macro';
import type { AnyAction } from '~/actions/action';
import type { Entered } from '~/actions/form';
import { OF_ENTITY } from '~/entities/action/of-entity';
import type { Targets } from '~/job-store/action-plans';
import type { Json } from '~/jobs/job';
import type { Text } from '~/lib/text';
import type { Handover } from '~/data/handover';
import { sameJson } from '~/lib/same-json';
import type { ParsedUserIds } from '~/lib/mxid';
import { ownUsers } from '~/lib/own-users';
import type { NamedMxcs } from '~/lib/read-mxcs';
import type { ParsedRoomRefs } from '~/lib/room-refs';

/** Whom an action is for, and what was entered for it. */
export interface Choice {
  from: 'named' | 'handed';
  /** What was selected in the users list, on the way here. */
  handed: NonNullable<Handover['users']> | null;
  /** What was selected among files, on the way here. */
  files: Handover['media'] | null;
  /** What was selected in the rooms list. */
  rooms: NonNullable<Handover['rooms']> | null;
  /** What was selected in another list. */
  things: Handover['things'] | null;
  text: string;
  values: Entered;
}

export const firstChoice = ({ form }: AnyAction): Choice => ({
  from: 'named',
  handed: null,
  files: null,
  rooms: null,
  things: null,
  text: '',
  values: form?.initial ?? {},
});

/** What a list or a job handed over for this action, as a choice; null: nothing. */
export function handedChoice({ entity, form }: AnyAction, handed: Handover): Partial<Choice> | null {
  const { users, media, rooms, things, input } = handed;
  const isThere = { media, user: users, room: rooms }[entity as string] ?? things?.entity === entity;
  if (!isThere) return null;
  // What was entered here was for the ones before: nothing of it happens to these unasked.
  const values = (form && enteredBefore(form, input)) ?? form?.initial ?? {};
  return {
    handed: users ?? null,
    files: media ?? null,
    rooms: rooms ?? null,
    things: things ?? null,
    from: 'handed',
    values,
  };
}

/** What was handed over in full, so that it can be planned at once; null: something is still to be chosen. */
export function handedPlan(
  { form }: AnyAction,
  { isComplete, users, input = null }: Handover,
  { values = {} }: Partial<Choice>,
): { targets: Targets; input: Json } | null {
  if (isComplete !== true || users === undefined) return null;
  const entered = form ? form.read(values) : { input: null };
  return 'input' in entered && sameJson(entered.input, input) ? { targets: users, input: entered.input } : null;
}

/** What was entered for the job that left these, where the fields read it as that job did. */
function enteredBefore({ fields, initial, read }: NonNullable<AnyAction['form']>, input: unknown): Entered | null {
  if (typeof input !== 'object' || input === null) return null;
  const entered = Object.entries(input).filter(([name]) => fields.some((field) => field.name === name));
  const values: Entered = { ...initial, ...(Object.fromEntries(entered) as Entered) };
  const again = read(values);
  return 'input' in again && sameJson(again.input, input) ? values : null;
}

/** The same items for another action. What can't be said yet is chosen there. */
export function handoverOf(
  { entity }: Pick<AnyAction, 'entity'>,
  { from, files, things }: Choice,
  targets: Targets | { problem: Text },
): Handover {
  if ('problem' in targets) return {};
  if (entity === 'media') return files && from === 'handed' ? { media: files } : {};
  if ('rooms' in targets) return { rooms: 'refs' in targets.rooms ? { ids: targets.rooms.refs } : targets.rooms };
  return entity === 'user' ? { users: targets } : things ? { things } : {};
}

const NO_FILES = msg`Enter the files first.`;
const NO_ROOMS = msg`Enter the rooms first.`;
const NO_USERS = msg`Enter the users first.`;
const INCOMPLETE = msg`Complete the names that have no server part, or remove them.`;

/** What was pasted, as far as it is of the kind that is asked for. */
export interface Named {
  readonly users: ParsedUserIds;
  readonly rooms: ParsedRoomRefs;
  readonly files: NamedMxcs;
}

/** Whom it comes to, or why that can't be said yet. Where nothing was handed over, those that are named. Nobody is changed whose ID does not stand there in full. */
export function targetsOf(
  { entity }: Pick<AnyAction, 'entity'>,
  { from, handed, files, rooms, things }: Choice,
  named: Named,
  serverName: string,
): Targets | { problem: Text } {
  if (entity === 'media') {
    if (from === 'handed' && files) return files;
    const { ids } = named.files;
    return ids.length === 0 ? { problem: NO_FILES } : { ids };
  }
  if (entity === 'room') {
    if (from === 'handed' && rooms) return { rooms: 'ids' in rooms ? { refs: rooms.ids } : rooms };
    const { refs } = named.rooms;
    return refs.length === 0 ? { problem: NO_ROOMS } : { rooms: { refs: refs.map(({ ref }) => ref) } };
  }
  if (entity !== 'user')
    return things?.entity === entity ? { ids: things.ids } : { problem: OF_ENTITY[entity].chooseFirst };
  if (from === 'handed' && handed) return handed;
  if (named.users.waiting.length > 0) return { problem: INCOMPLETE };
  const { ids } = ownUsers(named.users, serverName);
  return ids.length === 0 ? { problem: NO_USERS } : { ids };
}
