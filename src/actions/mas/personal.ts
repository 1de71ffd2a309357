import { lookAtPersonalSession, type NewPersonalSession } from '~/api/mas/personal-sessions';
import { Handed, type Ask, type Told } from '~/api/ask';
import type { LookAt, Server } from '~/actions/action';
import { moment } from '~/lib/dates';
import { withValues, type Values } from '~/lib/text';
import { personalOf } from './ids';

/** What actions on personal access tokens share. */

export const ofPersonal = {
  entity: 'personal-token',
  gone: /*i18n*/ { id: 'personal-token.gone', message: 'MAS does not know this token.' },
  phraseValues(_input: unknown, name: string | null): Values {
    if (name === null) return {};
    const { id, userId } = personalOf(name);
    return { tokenId: id, userId };
  },
} as const;

export const OWN_TOKEN = /*i18n*/ {
  id: 'personal-token.own',
  message: 'This may be the token that Glia uses now. Sign in through MAS to revoke it.',
};

/** One that was pasted can't be told from others with its rights. */
export async function isOwnToken(name: string, look: LookAt, server: Server): Promise<boolean> {
  const { id, userId } = personalOf(name);
  if (userId !== server.me || server.masClient !== undefined) return false;
  const { scope } = await look(lookAtPersonalSession(id));
  return scope.split(' ').includes('urn:mas:admin');
}

const UNTIL = /*i18n*/ { id: 'personal-token.until', message: 'It works until {time}.' } as const;
const FOR_EVER = /*i18n*/ { id: 'personal-token.for-ever', message: 'It never expires.' };

/** The answer holds the token, once. */
export function handing({ request, about, read }: Ask<NewPersonalSession>): Ask<Told> {
  return {
    request,
    ...(about && { about }),
    read(body, status) {
      const { expires_at, access_token } = read(body, status);
      const text = expires_at == null ? FOR_EVER : withValues(UNTIL, { time: moment(Date.parse(expires_at)) });
      return new Handed(text, access_token);
    },
  };
}

export const TOKEN_HANDED = {
  label: /*i18n*/ { id: 'personal-token.handed', message: 'Personal access token' },
  gone: /*i18n*/ {
    id: 'personal-token.not-sent',
    message: 'Nothing was sent: the page that would have shown the token was closed. Start again.',
  },
} as const;

export const DAY_S = 86_400;
/** So long unless something else is entered. */
export const USUAL_DAYS = 30;
