import { Trans, useLingui } from '@lingui/react/macro';
import { Checkbox, NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import { FORGET_AFTER_MS } from '~/data/session';
import { vaultProblem } from '~/data/token-vault';
import { hoursOrDays } from '~/lib/numbers';
import { wordsOf, type Words } from '~/lib/words';
import type { Keeping } from './keeping';
import { keptByTab } from './token-words';

/** How long Glia knows the token. The words are the promise: README “Your access token”. */
export function TokenKeeping({ value, onChange }: { value: Keeping; onChange: (value: Keeping) => void }) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<Words | null>(null);
  useEffect(() => void vaultProblem().then(setProblem), []);
  return (
    <>
      <Checkbox
        label={t`Forget the token when the page reloads`}
        description={
          problem === null ? (
            keptByTab()
          ) : (
            <>
              {wordsOf(problem)}{' '}
              <Trans>So the token stays in memory only, and you have to enter it again after a reload.</Trans>
            </>
          )
        }
        checked={value.keep === 'page' || problem !== null}
        disabled={problem !== null}
        onChange={(event) => onChange({ ...value, keep: event.currentTarget.checked ? 'page' : 'tab' })}
      />
      <NativeSelect
        label={t`Sign out when Glia is not used for`}
        data={FORGET_AFTER_MS.map((ms) => ({ value: String(ms), label: wordsOf(hoursOrDays(ms)) }))}
        value={String(value.forgetAfterMs)}
        onChange={(event) => onChange({ ...value, forgetAfterMs: Number(event.currentTarget.value) })}
      />
    </>
  );
}
