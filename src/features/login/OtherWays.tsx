import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Loader, PasswordInput, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import { loginFlows, type IdentityProvider, type LoginFlow } from '~/api/homeserver';
import { passwordLogin, ssoUrl } from '~/api/login';
import { authMetadata, type Front } from '~/api/oauth-metadata';
import type { Again } from '~/data/again';
import type { OAuthAnswer } from '~/data/kept-oauth';
import { beginSso } from '~/data/kept-sso';
import { deviceName } from '~/lib/device-name';
import { wordsOfError } from '~/lib/words';
import { Outside } from '~/ui/Outside';
import type { Keeping } from './keeping';
import { continueWithMas } from './continue-with-mas';
import { MasProblem } from './MasProblem';
import { ProviderIcon } from './ProviderIcon';
import ways from './ways.module.css';

/** What a homeserver offers. */
type Offer =
  | { readonly status: 'asking' }
  | { readonly status: 'failed'; readonly error: unknown }
  | { readonly status: 'mas'; readonly front: Front }
  | { readonly status: 'offered'; readonly flows: readonly LoginFlow[] };

async function offerOf(baseUrl: string, signal: AbortSignal): Promise<Offer> {
  try {
    // Behind MAS, the other ways give no token that the Admin API takes.
    const front = await authMetadata({ baseUrl }, signal);
    if (front) return { status: 'mas', front };
    return { status: 'offered', flows: await loginFlows({ baseUrl }, signal) };
  } catch (error) {
    return { status: 'failed', error };
  }
}

interface Props {
  /** Where; without a slash at the end. */
  readonly baseUrl: string;
  readonly disabled: boolean;
  onToken(token: string): void;
  /** Whose session is to be renewed; null: somebody signs in. */
  readonly again?: Again | null;
  /** What it means that another site is shown. */
  readonly leaving?: ReactNode;
}

/** Signing in without a token in hand: by what this homeserver offers, and nothing else. Asked once for each URL. */
export function OtherWays({
  baseUrl,
  disabled,
  onToken,
  onAnswer,
  keeping,
  again = null,
  leaving,
}: Props & {
  /** What was chosen goes along to MAS and back. */
  readonly keeping: Keeping;
  /** Of MAS, where it is in this page. */
  onAnswer(answer: OAuthAnswer): void;
}) {
  const { t } = useLingui();
  const [offer, setOffer] = useState<Offer>({ status: 'asking' });
  useEffect(() => {
    const controller = new AbortController();
    const ask = async () => {
      const found = await offerOf(baseUrl, controller.signal);
      if (!controller.signal.aborted) setOffer(found);
    };
    void ask();
    return () => controller.abort();
  }, [baseUrl]);

  if (offer.status === 'asking') return <Loader size="sm" role="status" aria-label={t`Asking the homeserver`} />;
  if (offer.status === 'failed')
    return (
      <Text size="sm" role="status">
        <Trans>
          The homeserver didn’t say how one can sign in: {wordsOfError(offer.error)} You can still use an access token.
        </Trans>
      </Text>
    );
  if (offer.status === 'mas')
    return <MasButton {...{ baseUrl, disabled, onAnswer, keeping, again, leaving }} front={offer.front} />;
  const providers = offer.flows.find(({ type }) => type === 'm.login.sso');
  const takesPassword = offer.flows.some(({ type }) => type === 'm.login.password');
  if (!providers && !takesPassword)
    return (
      <Text size="sm" role="status">
        <Trans>This homeserver offers neither a password nor single sign-on. Use an access token.</Trans>
      </Text>
    );
  return (
    <div className={ways.stack}>
      {takesPassword && <PasswordForm {...{ baseUrl, disabled, onToken, again }} />}
      {providers && (
        <SsoButtons
          {...{ baseUrl, disabled, keeping, again, leaving }}
          providers={providers.identity_providers ?? []}
        />
      )}
    </div>
  );
}

interface MasButtonProps extends Omit<Props, 'onToken'> {
  readonly front: Front;
  readonly keeping: Keeping;
  onAnswer(answer: OAuthAnswer): void;
}

function MasButton({ baseUrl, front, disabled, onAnswer, keeping, again = null, leaving }: MasButtonProps) {
  const [isGoing, setIsGoing] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const go = async (isMasAdmin = again?.isMasAdmin ?? true) => {
    setIsGoing(true);
    setProblem(null);
    try {
      const answer = await continueWithMas(baseUrl, { front, isMasAdmin, keeping, again });
      if (answer) onAnswer(answer);
    } catch (error) {
      setProblem(error);
    }
    setIsGoing(false);
  };
  return (
    <div className={ways.stack}>
      {leaving}
      <Button variant="default" loading={isGoing} disabled={disabled} onClick={() => void go()}>
        <Trans>Continue with MAS</Trans>
      </Button>
      {again === null && (
        <p className={ways.hint}>
          <Trans>
            Matrix Authentication Service (MAS) manages the accounts of this homeserver, and signs you in on its own
            page. Signing in there with a password or single sign-on alone gives no token for the Admin API, so Glia
            does not offer it. An access token works too.
          </Trans>
        </p>
      )}
      {/* Whoever runs that homeserver gets the token, and may name the sign-in page of somebody else. */}
      <p className={ways.hint}>
        <Trans>
          You sign in at <Outside text={hostOf(front.metadata.authorization_endpoint ?? front.metadata.issuer)} />. Your
          token, which lets its holder administer the homeserver, is then sent to <Outside text={hostOf(baseUrl)} />. Go
          on only if both are yours.
        </Trans>
      </p>
      {problem !== null && <MasProblem error={problem} onRetry={(isMasAdmin) => void go(isMasAdmin)} />}
    </div>
  );
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? url;

function PasswordForm({ baseUrl, disabled, onToken, again = null }: Props) {
  const { t } = useLingui();
  const [user, setUser] = useState(again?.userId ?? '');
  const [password, setPassword] = useState('');
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (user.trim() === '' || password === '') {
      setProblem(t`Enter the user name and the password.`);
      return;
    }
    setProblem(null);
    setIsSending(true);
    const controller = new AbortController();
    running.current = controller;
    try {
      const by = { user: user.trim(), password, deviceName: deviceName(navigator.userAgent) };
      const { access_token: token } = await passwordLogin({ baseUrl }, by, controller.signal);
      setPassword('');
      onToken(token);
    } catch (error) {
      if (!controller.signal.aborted) setProblem(wordsOfError(error));
    } finally {
      setIsSending(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate aria-label={t`Sign in with a password`}>
      <div className={ways.stack}>
        <TextInput
          label={t`User name`}
          description={
            again === null ? t`Of a server admin. The password is sent to the homeserver and not kept.` : null
          }
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={user}
          readOnly={isSending || again !== null}
          onChange={(event) => setUser(event.currentTarget.value)}
        />
        <PasswordInput
          label={t`Password`}
          autoComplete="current-password"
          description={again === null ? null : t`It is sent to the homeserver and not kept.`}
          value={password}
          readOnly={isSending}
          error={problem}
          visibilityToggleButtonProps={{ 'aria-label': t`Show the password`, tabIndex: 0 }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={isSending} disabled={disabled}>
          <Trans>Continue with this password</Trans>
        </Button>
      </div>
    </form>
  );
}

function SsoButtons({
  baseUrl,
  disabled,
  keeping,
  again,
  leaving,
  providers,
}: {
  baseUrl: string;
  disabled: boolean;
  keeping: Keeping;
  again: Again | null;
  leaving: ReactNode;
  providers: readonly IdentityProvider[];
}) {
  const { t } = useLingui();
  const [isForbidden, setIsForbidden] = useState(false);
  const go = (provider: string | null) => {
    const back = beginSso(baseUrl, { keeping, again });
    if (back === null) setIsForbidden(true);
    else location.assign(ssoUrl({ baseUrl }, provider, back));
  };
  return (
    <div className={ways.stack} role="group" aria-label={t`Single sign-on`}>
      {leaving}
      {providers.length === 0 && (
        <Button variant="default" disabled={disabled} onClick={() => go(null)}>
          <Trans>Continue with single sign-on</Trans>
        </Button>
      )}
      {providers.map(({ id, name, brand }) => (
        <Button
          key={id}
          variant="default"
          disabled={disabled}
          leftSection={<ProviderIcon brand={brand} name={name} />}
          onClick={() => go(id)}
          h="auto"
          mih={36}
          py={6}
        >
          {/* A label of its own: the button’s is a row of boxes, which drops the space between them. */}
          <span className={ways.label}>
            <Trans>
              Continue with <Outside text={name} />
            </Trans>
          </span>
        </Button>
      ))}
      {isForbidden && (
        <Text size="sm" role="alert">
          <Trans>
            This browser stores nothing for Glia, so an answer of single sign-on could not be told from one that nobody
            asked for. Use a password or an access token.
          </Trans>
        </Text>
      )}
    </div>
  );
}
