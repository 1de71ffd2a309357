import { withValues, type Text } from '~/lib/text';

/** What whoever serves Glia keeps its admins from, in `config.json`. */
interface Restrictions {
  /** The kinds that are allowed, with `*` for any part; null: all. */
  readonly allowed: readonly string[] | null;
  /** Users that an application service manages. */
  readonly managed: readonly RegExp[];
}

const NONE: Restrictions = { allowed: null, managed: [] };
let current = NONE;

/** Missing: nothing is restricted. */
export function restrictActions(restrictions: Restrictions = NONE): void {
  current = restrictions;
}

const NOT_ALLOWED = /*i18n*/ {
  id: 'action.not-allowed',
  message: 'This Glia doesn’t allow it: “allowedActions” in its config.json leaves out {kind}.',
} as const;
const MANAGED = /*i18n*/ {
  id: 'action.managed',
  message:
    'An application service manages this account (“asManagedUsers” in config.json). This could break its bridge or bot.',
};

/** Why nobody may do this here, or null. @param kind of an action, a job or a playbook */
export function whyNotAllowed(kind: string): Text | null {
  const isAllowed = current.allowed === null || current.allowed.some((pattern) => matches(pattern, kind));
  return isAllowed ? null : withValues(NOT_ALLOWED, { kind });
}

/** A kind has letters, hyphens and dots only. */
function matches(pattern: string, kind: string): boolean {
  return new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(kind);
}

/** Why what would break the work of an application service must not be done to a user, or null. */
export const whyManaged = (userId: string): Text | null =>
  current.managed.some((pattern) => pattern.test(userId)) ? MANAGED : null;
