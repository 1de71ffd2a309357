import { useLingui } from '@lingui/react/macro';
import { Loader } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { OAuthAnswer } from '~/data/kept-oauth';
import { finishOAuth, type Granted } from '~/data/oauth-sign-in';
import { continueWithMas } from './continue-with-mas';
import { MasProblem, MasSilent } from './MasProblem';
import classes from './SignInPage.module.css';

type State =
  | { status: 'asking' }
  | { status: 'failed'; error: unknown }
  | { status: 'silent'; granted: Granted }
  | { status: 'over' };

interface Props {
  readonly answer: OAuthAnswer;
  onGranted(granted: Granted): void;
  /** Another answer, where MAS is in this page. */
  onAnswer(answer: OAuthAnswer): void;
}

/** MAS led back here: its code becomes tokens, once. */
export function MasArrival({ answer, onGranted, onAnswer }: Props) {
  const { t } = useLingui();
  const [state, setState] = useState<State>({ status: 'asking' });
  const begun = useRef<OAuthAnswer | null>(null);
  useEffect(() => {
    // A code is good once: an effect that runs twice in development must not use it up.
    if (begun.current === answer) return;
    begun.current = answer;
    const enter = (granted: Granted) => {
      if (granted.isMasSilent) {
        setState({ status: 'silent', granted });
        return;
      }
      setState({ status: 'over' });
      onGranted(granted);
    };
    finishOAuth(answer).then(enter, (error: unknown) => setState({ status: 'failed', error }));
  }, [answer, onGranted]);

  const retry = async (isMasAdmin: boolean) => {
    const { asked, again } = answer;
    const { keeping } = asked;
    try {
      const next = await continueWithMas(answer.baseUrl, { isMasAdmin, keeping, again });
      if (next) onAnswer(next);
    } catch (error) {
      setState({ status: 'failed', error });
    }
  };
  if (state.status === 'over') return null;
  if (state.status === 'asking') return <Loader size="sm" role="status" aria-label={t`Asking MAS`} />;
  if (state.status === 'failed')
    return (
      <section className={classes.card} aria-label={t`Sign-in failed`}>
        <MasProblem error={state.error} onRetry={(isMasAdmin) => void retry(isMasAdmin)} />
      </section>
    );
  const { granted } = state;
  return (
    <MasSilent
      onContinue={() => {
        setState({ status: 'over' });
        onGranted(granted);
      }}
    />
  );
}
