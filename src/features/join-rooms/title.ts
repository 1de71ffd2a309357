/** The title of a job of joins: in a file of its own, since it is shown on every page (`locales/families.ts`). */
export const JOIN_TITLE = /*i18n*/ {
  id: 'join.title',
  message:
    'Join {users, plural, =1 {{userId}} =2 {{userId} and {otherUserId}} other {# users}} to {rooms, plural, =1 {{room}} =2 {{room} and {otherRoom}} other {{room} and {more, plural, one {# more room} other {# more rooms}}}}',
} as const;
