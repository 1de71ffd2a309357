import { Trans, useLingui } from '@lingui/react/macro';
import { List, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AnyAction } from '~/actions/action';
import type { ActionItem } from '~/actions/plan';
import { useSession } from '~/data/session';
import { weighQuery } from '~/job-store/action-jobs';
import type { Json } from '~/jobs/job';
import { wordsOf, wordsOfError } from '~/lib/words';
import { verbatim } from '~/ui/verbatim';

interface WeighedProps {
  action: AnyAction;
  item: ActionItem;
  seen: unknown;
  input: Json;
}

/** Items of a list: what the change would touch, in numbers. Nobody has to wait for them to decide. */
export function Weighed({ action, item, seen, input }: WeighedProps) {
  const { t } = useLingui();
  const session = useSession();
  const { data, error, isPending } = useQuery(weighQuery(action, { item, seen, input }, session));
  if (isPending)
    return (
      <List.Item>
        <Loader size="xs" type="dots" role="status" aria-label={t`Counting what this affects`} />
      </List.Item>
    );
  if (error) {
    const reason = verbatim(wordsOfError(error));
    return (
      <List.Item>
        <Trans>Glia could not count what this affects: {reason}</Trans>
      </List.Item>
    );
  }
  return (
    <>
      {data.map(wordsOf).map((sentence) => (
        <List.Item key={sentence}>{sentence}</List.Item>
      ))}
    </>
  );
}
