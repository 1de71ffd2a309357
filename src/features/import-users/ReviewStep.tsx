import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { List } from '@mantine/core';
import { useDeferredValue, useMemo, type ReactNode } from 'react';
import { afterWords, beforeWords, opWords, type AccountItem } from '~/actions/account-job';
import { useSession } from '~/data/session';
import { UserLink } from '~/entities/user/UserLink';
import { textKey } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { Outside } from '~/ui/Outside';
import { useLeftIn, type LeftIn } from '~/ui/wizard/left-out';
import type { PlanColumn } from '~/ui/wizard/PlanTable';
import { Review } from '~/ui/wizard/Review';
import type { ImportRow } from './plan';
import type { Planned } from './scan';

/** From so many on, the number has to be typed. */
const MANY = 100;

const WORDS = {
  will: /*i18n*/ { id: 'import.verdict.will', message: 'will be imported' },
  nothing: /*i18n*/ { id: 'import.verdict.nothing', message: 'nothing to do' },
  cannot: /*i18n*/ { id: 'import.verdict.cannot', message: 'can’t be imported' },
} as const;

const UNDO_WORDS = {
  will: /*i18n*/ { id: 'import.undo.will', message: 'will be restored' },
  nothing: WORDS.nothing,
  cannot: /*i18n*/ { id: 'import.undo.cannot', message: 'can’t be undone' },
} as const;

interface ReviewStepProps {
  planned: Pick<Planned, 'rows' | 'notes' | 'madeAt'>;
  backTo: string;
  /** Of an undo: nothing is created, and no password is made. */
  isUndo?: boolean;
  /** Choices that the plan itself offers. */
  children?: ReactNode;
  onRun(items: readonly AccountItem[], count: number): void;
}

/** What becomes of each line of the file, and the last click. */
export function ReviewStep({ planned, backTo, isUndo = false, children, onRun }: ReviewStepProps) {
  const { t } = useLingui();
  const { mas } = useSession();
  const { rows, notes, madeAt } = planned;
  const left = useLeftIn(planned, rows);
  const { creates, changes, made, joins } = useSums(left);
  const { count } = left;
  const items = () => left.runs().flatMap(({ item }) => item ?? []);
  const words = [
    ...(creates > 0 ? [t`creates ${plural(creates, { one: '# account', other: '# accounts' })}`] : []),
    ...(changes > 0 ? [t`changes ${plural(changes, { one: '# account', other: '# accounts' })}`] : []),
  ];
  const what = words.join(t` and `);
  return (
    <Review
      sentence={
        words.length === 0
          ? t`Everything is left out.`
          : isUndo
            ? t`Restores ${plural(changes, { one: '# account as it was', other: '# accounts as they were' })} before the job.`
            : t`This import ${what}.`
      }
      nothing={isUndo ? t`There is nothing to undo.` : t`This import changes nothing.`}
      undo={
        creates > 0
          ? t`Changes can be undone; created accounts can only be deactivated, and their IDs stay taken.`
          : t`You can undo this.`
      }
      touches={[
        ...(creates > 0 && mas
          ? [
              t`MAS creates each account. Its password, each email address, its admin rights and its lock then take a request of their own. If MAS refuses one, the account stays without it, and the job says so.`,
            ]
          : []),
        ...(mas && changes === 0 ? [] : [t`Each change is one request with only the fields that differ.`]),
        ...(made > 0
          ? [
              t`${plural(made, { one: '# password is', other: '# passwords are' })} generated in this page. Download them when the job has finished: they are stored nowhere else.`,
            ]
          : []),
        ...(joins > 0
          ? [
              t`${plural(joins, { one: '# join', other: '# joins' })} to rooms: the page of the job offers them for review when it has finished.`,
            ]
          : []),
      ]}
      warnings={
        notes.length === 0
          ? []
          : [
              {
                tone: 'plain',
                title: t`Good to know about this plan`,
                text: (
                  <List size="sm">
                    {notes.map((note) => (
                      <List.Item key={textKey(note)}>{wordsOf(note)}</List.Item>
                    ))}
                  </List>
                ),
              },
            ]
      }
      madeAt={madeAt}
      left={left}
      table={{
        label: t`What happens to each user`,
        columns: isUndo ? UNDO_COLUMNS : COLUMNS,
        verdicts: isUndo ? UNDO_WORDS : WORDS,
        fileStem: isUndo ? 'undo-import-plan' : 'import-users-plan',
        empty: isUndo ? t`The job changed no accounts.` : t`The file names no users.`,
      }}
      back={{ label: isUndo ? t`Back to the job` : t`Back to choosing`, to: backTo }}
      act={
        isUndo
          ? t`Undo ${plural(count, { one: '# change', other: '# changes' })}`
          : t`Import ${plural(count, { one: '# user', other: '# users' })}`
      }
      counted={t`${plural(count, { one: '# user', other: '# users' })}`}
      typed={count > MANY}
      onRun={(confirmed) => onRun(items(), confirmed)}
    >
      {children}
    </Review>
  );
}

/** The numbers follow a click; the click itself does not wait for them. */
function useSums(left: LeftIn<ImportRow>) {
  const settled = useDeferredValue(left);
  return useMemo(() => {
    const sums = { creates: 0, changes: 0, made: 0, joins: 0 };
    for (const { item } of settled.runs()) {
      if (!item) continue;
      if (item.op === 'create') sums.creates += 1;
      else sums.changes += 1;
      if (item.password === 'made') sums.made += 1;
      sums.joins += item.rooms?.length ?? 0;
    }
    return sums;
  }, [settled]);
}

const USER: PlanColumn<ImportRow> = {
  id: 'user',
  header: /*i18n*/ { id: 'import.user', message: 'User' },
  width: 'minmax(12rem, 1.2fr)',
  cell: ({ id, user }) => (id === user ? <UserLink userId={id} /> : <Outside text={user} longest={80} />),
  text: ({ user }) => user,
};

const CHANGES: readonly PlanColumn<ImportRow>[] = [
  {
    id: 'what',
    header: /*i18n*/ { id: 'import.what', message: 'What' },
    width: '5rem',
    text: ({ item }) => (item ? wordsOf(opWords(item)) : ''),
  },
  {
    id: 'before',
    header: /*i18n*/ { id: 'import.before', message: 'Before' },
    width: 'minmax(10rem, 1.2fr)',
    text: ({ item }) => (item ? wordsOf(beforeWords(item)) : ''),
  },
  {
    id: 'after',
    header: /*i18n*/ { id: 'import.after', message: 'After' },
    width: 'minmax(10rem, 1.2fr)',
    text: ({ item }) => (item ? wordsOf(afterWords(item)) : ''),
  },
];

const LINE: PlanColumn<ImportRow> = {
  id: 'line',
  header: /*i18n*/ { id: 'import.line', message: 'Line' },
  width: '4rem',
  align: 'end',
  text: ({ line }) => String(line),
};
const COLUMNS: readonly PlanColumn<ImportRow>[] = [USER, LINE, ...CHANGES];
const UNDO_COLUMNS: readonly PlanColumn<ImportRow>[] = [USER, ...CHANGES];
