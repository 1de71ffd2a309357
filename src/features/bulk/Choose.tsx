import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Radio, Stack } from '@mantine/core';
import { useMemo } from 'react';
import type { AnyAction } from '~/actions/action';
import { handedFilesWords } from '~/data/handover';
import type { Session } from '~/data/session';
import { ActionForm } from '~/entities/action/ActionForm';
import { Instead } from '~/entities/action/Instead';
import { useOpenWith } from '~/entities/list/use-open-with';
import { UserChooser } from '~/entities/user/UserChooser';
import type { Targets } from '~/job-store/action-plans';
import type { Json } from '~/jobs/job';
import { paths } from '~/lib/paths';
import { RoomChooser } from '~/entities/room/RoomChooser';
import { mxcsIn } from '~/lib/read-mxcs';
import { roomRefsIn } from '~/lib/room-refs';
import { ownUsers } from '~/lib/own-users';
import { useReadText } from '~/ui/use-read-text';
import { useUserIds } from '~/ui/use-user-ids';
import { StepActions } from '~/ui/wizard/StepActions';
import { wordsOf } from '~/lib/words';
import { handoverOf, targetsOf, type Choice } from './choice';
import { HandedThings } from './HandedThings';
import { NamedFiles } from './NamedFiles';

interface ChooseProps {
  action: AnyAction;
  session: Session;
  choice: Choice;
  onChange(part: Partial<Choice>): void;
  onPlan(targets: Targets, input: Json): void;
}

const STILL_READING = msg`Still reading what you pasted.`;

/** Whom it is for, and what it needs to know. */
export function Choose({ action, session, choice, onChange, onPlan }: ChooseProps) {
  const { t } = useLingui();
  const openWith = useOpenWith();
  const { serverName } = session;
  const { from, files: handed, text, values } = choice;
  const isOfFiles = action.entity === 'media';
  const isOfUsers = action.entity === 'user';
  const isOfRooms = action.entity === 'room';
  const users = useUserIds(isOfUsers ? text : '', serverName, 'never');
  const rooms = useReadText(isOfRooms ? text : '', roomRefsIn);
  const files = useReadText(isOfFiles ? text : '', mxcsIn);
  const isSettled = users.settled && rooms.settled && files.settled;
  const named = { users: users.parsed, rooms: rooms.parsed, files: files.parsed };
  const entered = action.form ? action.form.read(values) : { input: null };
  const problems = 'problems' in entered ? entered.problems : {};
  const targets = isSettled ? targetsOf(action, choice, named, serverName) : { problem: STILL_READING };
  const reason =
    'problem' in targets
      ? wordsOf(targets.problem)
      : 'problems' in entered
        ? t`Some fields are not filled in correctly.`
        : null;
  const { problems: leftOut } = useMemo(() => ownUsers(users.parsed, serverName), [users.parsed, serverName]);
  return (
    <Stack gap="lg">
      {isOfFiles && handed && (
        <Radio.Group
          label={t`Which files?`}
          value={from}
          onChange={(value) => onChange({ from: value === 'handed' ? 'handed' : 'named' })}
        >
          <Stack gap="sm" mt="xs">
            <Radio value="handed" label={<bdi>{wordsOf(handedFilesWords(handed))}</bdi>} />
            <Radio value="named" label={t`Only files that I enter`} />
          </Stack>
        </Radio.Group>
      )}
      {isOfFiles && (from === 'named' || !handed) && (
        <NamedFiles
          serverName={serverName}
          text={text}
          parsed={files.parsed}
          onChange={(next) => onChange({ text: next })}
        />
      )}
      {isOfRooms && <RoomChooser choice={choice} parsed={rooms.parsed} onChange={onChange} />}
      {!isOfFiles && !isOfUsers && !isOfRooms && (
        <HandedThings action={action} ids={'ids' in targets ? targets.ids : []} />
      )}
      {isOfUsers && (
        <UserChooser
          label={t`Which users?`}
          session={session}
          choice={choice}
          onChange={onChange}
          sources={{ handed: {}, named: {} }}
          named={{ label: t`Users`, parsed: users.parsed, problems: leftOut }}
        />
      )}
      {action.instead !== undefined && (
        <Instead
          action={action}
          onChoose={({ kind }) => openWith(paths.bulk(kind), handoverOf(action, choice, targets))}
        />
      )}
      {action.form && (
        <ActionForm
          fields={action.form.fields}
          values={values}
          problems={problems}
          onChange={(next) => onChange({ values: next })}
        />
      )}
      <StepActions
        next={{
          label: t`Review`,
          disabled: reason,
          onClick: () => !('problem' in targets) && 'input' in entered && onPlan(targets, entered.input),
        }}
      />
    </Stack>
  );
}
