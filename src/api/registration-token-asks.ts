import * as z from 'zod/mini';
import { withValues } from '~/lib/text';
import { TextError } from '~/lib/text-error';
import { nameOfToken, tokenOfName } from '~/lib/token-names';
import { changeAsk, type Ask } from './ask';
import { tokenSchema, type RegistrationToken, type TokenLimits } from './registration-tokens';
import { path } from './request';
import { rowsOf } from './rows';

/** Looks at registration tokens and changes of them, as data: what actions send. Items are named by `lib/token-names`. */

/** Null: there is none of this name. */
export interface SeenToken {
  readonly token: RegistrationToken | null;
}

const listSchema = z.object({ registration_tokens: rowsOf(tokenSchema) });

/** In the list, because a name leads to a token only by it; and a token named `new` can't be asked for. */
export const lookAtToken = (name: string): Ask<SeenToken> => ({
  request: { path: path`/_synapse/admin/v1/registration_tokens`, feature: 'registration-tokens', schema: listSchema },
  read(body) {
    const { rows } = (body as z.output<typeof listSchema>).registration_tokens;
    return { token: rows.find(({ token }) => nameOfToken(token) === name) ?? null };
  },
});

/** @throws TextError */
function textOf(name: string): string {
  const token = tokenOfName(name);
  if (token === undefined) throw new TextError(withValues(UNKNOWN, { id: name }));
  return token;
}

const UNKNOWN = /*i18n*/ {
  id: 'token.unknown',
  message: 'Glia no longer knows the text of {id}: it is only kept until the page is reloaded.',
} as const;

/** The answer to a change is the token; its text is taken out, as a journal keeps the words of answers. */
const answered = (secret: string) => ({
  schema: tokenSchema,
  secret,
  feature: 'registration-tokens' as const,
});
const seen = (body: unknown): SeenToken => ({ token: body as RegistrationToken });

/** 400 M_INVALID_PARAM where there is one of this text already. */
export const createToken = (name: string, limits: TokenLimits): Ask<SeenToken | null> => ({
  request: {
    method: 'POST',
    path: path`/_synapse/admin/v1/registration_tokens/new`,
    body: { token: textOf(name), ...limits },
    ...answered(textOf(name)),
  },
  read: seen,
  success: 'thing',
});

/** Null takes a limit away. */
export const changeToken = (name: string, limits: TokenLimits): Ask<SeenToken | null> => ({
  request: {
    method: 'PUT',
    path: path`/_synapse/admin/v1/registration_tokens/${textOf(name)}`,
    body: limits,
    ...answered(textOf(name)),
  },
  read: seen,
  success: 'thing',
});

/** 404 where it is gone already. */
export const deleteToken = (name: string): Ask<SeenToken | null> => {
  const token = textOf(name);
  const one = path`/_synapse/admin/v1/registration_tokens/${token}`;
  return changeAsk({ method: 'DELETE', path: one, secret: token, feature: 'registration-tokens' }, { exactly: {} });
};
