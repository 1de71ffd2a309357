import { msg, plural, t } from '@lingui/core/macro';
import { Button, Group, List, Modal, NumberInput, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AnyAction } from '~/actions/action';
import type { Entered } from '~/actions/form';
import { createTokens } from '~/actions/token/create';
import { useSession } from '~/data/session';
import { ActionForm } from '~/entities/action/ActionForm';
import { startAction } from '~/job-store/action-jobs';
import type { Job } from '~/jobs/job';
import { isToken, LONGEST_LENGTH, makeToken, MOST_TOKENS, SHORTEST_LENGTH, USUAL_LENGTH } from '~/lib/new-tokens';
import type { Text } from '~/lib/text';
import { nameOfToken } from '~/lib/token-names';
import { wordsOf } from '~/lib/words';
import { ActsAs } from '~/ui/ActsAs';
import { useReturnedFocus } from '~/ui/use-returned-focus';
import { CreatedTokens } from './CreatedTokens';

interface NewTokens {
  how: 'random' | 'typed';
  text: string;
  count: number | string;
  length: number | string;
  limits: Entered;
}

const FIRST: NewTokens = {
  how: 'random',
  text: '',
  count: 1,
  length: USUAL_LENGTH,
  limits: createTokens.form?.initial ?? {},
};

const isBetween = (value: number | string, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

const BAD_TEXT = msg`1 to 64 letters, digits or . _ ~ - (but not just “new”).`;

/** What is wrong with which field. */
function problemsOf({ how, text, count, length }: NewTokens): Partial<Record<'text' | 'count' | 'length', Text>> {
  if (how === 'typed') return isToken(text.trim()) ? {} : { text: BAD_TEXT };
  return {
    ...(!isBetween(count, 1, MOST_TOKENS) && { count: msg`Enter a number from 1 to ${MOST_TOKENS}.` }),
    ...(!isBetween(length, SHORTEST_LENGTH, LONGEST_LENGTH) && {
      length: msg`Enter a number from ${SHORTEST_LENGTH} to ${LONGEST_LENGTH}.`,
    }),
  };
}

/** One new token, or many at once: a job, as each change is. What it made is shown when it has ended. */
export function CreateTokens({ action, onClose }: { action: AnyAction; onClose(): void }) {
  useReturnedFocus();
  const session = useSession();
  const [entered, setEntered] = useState(FIRST);
  const [made, setMade] = useState<{ job: Job; tokens: readonly string[] } | null>(null);
  const change = (part: Partial<NewTokens>) => setEntered((before) => ({ ...before, ...part }));
  const { how, text, count, length, limits } = entered;
  const problems = problemsOf(entered);
  const read = action.form?.read(limits) ?? { problems: {} };
  const canCreate = Object.keys(problems).length === 0 && 'input' in read;
  const create = () => {
    if (!canCreate) return;
    const tokens =
      how === 'typed' ? [text.trim()] : Array.from({ length: Number(count) }, () => makeToken(Number(length)));
    const { input } = read;
    const goal = action.goal(input, { token: null });
    const items = tokens.map((token) => ({ id: nameOfToken(token), planned: null, goal, identity: null }));
    setMade({ tokens, job: startAction(action, { items, input }, session, items.length) });
  };
  const wanted = how === 'random' && typeof count === 'number' ? count : 1;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Create registration tokens`}
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {made ? (
        <CreatedTokens {...made} onClose={onClose} />
      ) : (
        <Stack gap="md">
          <ActsAs />
          <Radio.Group
            label={t`Text of the token`}
            value={how}
            onChange={(value) => change({ how: value === 'typed' ? 'typed' : 'random' })}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="random" label={t`Random: hard to guess`} />
              <Radio value="typed" label={t`Type one`} />
            </Stack>
          </Radio.Group>
          {how === 'typed' ? (
            <TextInput
              label={t`Token`}
              value={text}
              onChange={(event) => change({ text: event.currentTarget.value })}
              error={text !== '' && problems.text && wordsOf(problems.text)}
              autoComplete="off"
              spellCheck={false}
            />
          ) : (
            <Group gap="sm" align="flex-start" grow>
              <NumberInput
                label={t`How many`}
                value={count}
                onChange={(next) => change({ count: next })}
                error={problems.count && wordsOf(problems.count)}
                allowNegative={false}
                allowDecimal={false}
              />
              <NumberInput
                label={t`Characters`}
                value={length}
                onChange={(next) => change({ length: next })}
                error={problems.length && wordsOf(problems.length)}
                allowNegative={false}
                allowDecimal={false}
              />
            </Group>
          )}
          <ActionForm
            fields={action.form?.fields ?? []}
            values={limits}
            problems={'problems' in read ? read.problems : {}}
            onChange={(next) => change({ limits: next })}
          />
          <List size="sm" spacing={4}>
            {action
              .consequences(null, false, { server: { serverName: '', version: '', mas: false }, isMyself: false })
              .map((words) => (
                <List.Item key={wordsOf(words)}>{wordsOf(words)}</List.Item>
              ))}
          </List>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <Button disabled={!canCreate} onClick={create}>
              {t`${plural(wanted, { one: 'Create token', other: 'Create # tokens' })}`}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
