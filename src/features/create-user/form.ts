import { msg } from '@lingui/core/macro';
import type { Account } from '~/actions/account';
import type { AccountItem } from '~/actions/account-job';
import { localpartProblem, readEmail, readExternalId, readLines, readName } from '~/lib/account-cells';
import { passwordProblem, type PasswordRules } from '~/lib/passwords';
import { parseRoomRefs } from '~/lib/room-refs';
import { withValues, type Text } from '~/lib/text';

/** What is entered to create one user, as it was entered. */
export interface Entered {
  readonly localpart: string;
  readonly displayname: string;
  readonly password: 'made' | 'typed' | 'none';
  readonly typed: string;
  readonly admin: boolean;
  readonly type: 'regular' | 'bot' | 'support' | 'other';
  /** Of another type. */
  readonly typeName: string;
  readonly emails: string;
  readonly externalIds: string;
  readonly rooms: string;
}

export const FIRST: Entered = {
  localpart: '',
  displayname: '',
  password: 'made',
  typed: '',
  admin: false,
  type: 'regular',
  typeName: '',
  emails: '',
  externalIds: '',
  rooms: '',
};

export type FormField = 'localpart' | 'displayname' | 'typed' | 'typeName' | 'emails' | 'externalIds' | 'rooms';

/** What is wrong with which field. */
export type Problems = Readonly<Partial<Record<FormField, Text>>>;

const IN_LINE = /*i18n*/ { id: 'create.in-line', message: 'Line {line, number}: {reason}' } as const;

/** The first line that can't be used. */
function firstOf(problems: readonly { line: number; reason: Text }[]): Text | null {
  const [first] = problems;
  return first ? withValues(IN_LINE, first) : null;
}

const lines = <T>(text: string, read: Parameters<typeof readLines<T>>[1]) => {
  const { ok, problems } = readLines(text, read);
  const bad = problems.map(({ line, read }) => ({ line, reason: 'bad' in read ? read.bad : '' }));
  return { ok, problem: firstOf(bad) };
};

export interface ReadForm {
  readonly item: AccountItem;
  readonly problems: Problems;
  /** Something has to be entered first. */
  readonly isEmpty: boolean;
}

const NO_TYPE = msg`Enter the name of the user type.`;

/** With the sign, or as a whole ID, people paste it: both are the same name here. */
export function localpartIn(typed: string, serverName: string): string {
  const text = typed.trim();
  const end = `:${serverName}`;
  return text.startsWith('@') && text.endsWith(end) ? text.slice(1, -end.length) : text.replace(/^@(?=[^@:]*$)/, '');
}

export function readForm(entered: Entered, serverName: string, rules?: PasswordRules): ReadForm {
  const localpart = localpartIn(entered.localpart, serverName);
  const name = readName(entered.displayname);
  const emails = lines(entered.emails, readEmail);
  const ids = lines(entered.externalIds, readExternalId);
  const rooms = parseRoomRefs(entered.rooms);
  const typeName = entered.typeName.trim();
  const typed = entered.password === 'typed' ? passwordProblem(entered.typed, rules) : null;
  const found: Record<FormField, Text | null> = {
    localpart: localpart === '' ? null : localpartProblem(localpart),
    displayname: 'bad' in name ? name.bad : null,
    typed,
    typeName: entered.type === 'other' && typeName === '' ? NO_TYPE : null,
    emails: emails.problem,
    externalIds: ids.problem,
    rooms: firstOf(rooms.problems),
  };
  const goal: Account = {
    ...('ok' in name && name.ok !== '' && { displayname: name.ok }),
    ...(emails.ok.length > 0 && {
      threepids: [...new Set(emails.ok)].map((address) => ({ medium: 'email', address })),
    }),
    ...(ids.ok.length > 0 && { external_ids: ids.ok }),
    ...(entered.admin && { admin: true }),
    ...(entered.type !== 'regular' && { user_type: entered.type === 'other' ? typeName : entered.type }),
  };
  return {
    item: {
      op: 'create',
      id: `@${localpart}:${serverName}`,
      goal,
      planned: null,
      identity: null,
      ...(entered.password !== 'none' && { password: entered.password === 'made' ? 'made' : 'given' }),
      ...(rooms.refs.length > 0 && { rooms: rooms.refs.map(({ ref }) => ref) }),
    },
    problems: Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null)),
    isEmpty: localpart === '',
  };
}
