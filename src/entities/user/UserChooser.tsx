import { msg, plural, t } from '@lingui/core/macro';
import { Radio, Stack } from '@mantine/core';
import { filterWords, mayMatchFewer, type Handover } from '~/data/handover';
import type { Session } from '~/data/session';
import type { LineProblem, ParsedUserIds } from '~/lib/mxid';
import { formatCount } from '~/lib/numbers';
import { isolated } from '~/lib/shown-text';
import { wordsOf, type Words } from '~/lib/words';
import { NamedUsers } from './NamedUsers';
import { UserFilterFields, type UserFilter } from './UserFilterFields';

/** Where the users of a change come from. */
export type UsersFrom = 'everyone' | 'handed' | 'filter' | 'named';

export interface UserChoice<From extends UsersFrom> {
  from: From;
  /** What was selected in the users list, or left by a job, on the way here. */
  handed: NonNullable<Handover['users']> | null;
  /** Users that are named, as they were entered. */
  text: string;
}

interface UserChooserProps<From extends UsersFrom> {
  label: string;
  description?: string;
  session: Session;
  choice: UserChoice<From>;
  onChange(patch: Partial<UserChoice<From>>): void;
  /** What can be chosen, in its order, and what it is called here. `handed` is among it only where something was handed over. */
  sources: Readonly<Record<From, { label?: string; description?: string }>>;
  /** The field for those who are named. */
  named: { label: string; parsed: ParsedUserIds; problems?: readonly LineProblem[] };
  /** Where a filter can be chosen. */
  filter?: { value: UserFilter; onChange(filter: UserFilter): void };
}

const LABELS: Readonly<Record<Exclude<UsersFrom, 'handed'>, Words>> = {
  everyone: msg`Everyone on this homeserver`,
  filter: msg`All users that match a filter`,
  named: msg`Only users that I enter`,
};

/** Which users a change is for: everyone, those selected in a list, those that match a filter, or those that are named. */
export function UserChooser<From extends UsersFrom>(props: UserChooserProps<From>) {
  const { label, description, session, choice, onChange, sources, named, filter } = props;
  const offered = (Object.keys(sources) as From[]).filter((one) => one !== 'handed' || choice.handed !== null);
  const from = offered.includes(choice.from) ? choice.from : 'named';
  return (
    <Stack gap="md">
      {offered.length > 1 && (
        <Radio.Group
          label={label}
          description={description}
          value={from}
          onChange={(value) => {
            const next = offered.find((one) => one === value);
            if (next) onChange({ from: next });
          }}
        >
          <Stack gap="sm" mt="xs">
            {offered.map((one) => (
              <Radio
                key={one}
                value={one}
                label={<bdi>{sources[one].label ?? labelOf(one, choice.handed)}</bdi>}
                description={sources[one].description}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {from === 'named' && (
        <NamedUsers
          {...named}
          text={choice.text}
          serverName={session.serverName}
          onChange={(text) => onChange({ text })}
        />
      )}
      {from === 'filter' && filter && <UserFilterFields {...filter} session={session} />}
    </Stack>
  );
}

function labelOf(from: UsersFrom, handed: UserChoice<UsersFrom>['handed']): string {
  if (from !== 'handed') return wordsOf(LABELS[from]);
  if (handed === null) return '';
  if ('filter' in handed) {
    const filter = wordsOf(filterWords(handed.filter));
    const count = handed.total;
    const most = formatCount(count);
    return mayMatchFewer(handed.filter)
      ? t`All users that match the list’s filter (at most ${most}): ${filter}`
      : plural(count, {
          one: `The # user that matches the list’s filter: ${filter}`,
          other: `All # users that match the list’s filter: ${filter}`,
        });
  }
  const { ids } = handed;
  const who = isolated(ids[0] ?? '');
  if (ids.length === 1) return t`Only ${who}`;
  const count = ids.length;
  if (handed.from === 'notice') {
    return plural(count, { one: 'Only the # user who gets the notice', other: 'Only the # users who get the notice' });
  }
  return handed.from === 'job'
    ? plural(count, {
        one: 'Only the # user that the job did not change',
        other: 'Only the # users that the job did not change',
      })
    : plural(count, { one: 'Only the # user selected in the list', other: 'Only the # users selected in the list' });
}
