/** What the ledger says of an account that was made or changed. */

export const MAS_CREATES = /*i18n*/ {
  id: 'account.mas-creates',
  message:
    'Matrix Authentication Service (MAS) manages the accounts of this homeserver, so only MAS can create them. Sign in through MAS, or with a token that has the scope urn:mas:admin.',
};
export const CREATED = /*i18n*/ { id: 'account.created', message: 'Created as planned.' };
export const CREATED_OTHERWISE = /*i18n*/ {
  id: 'account.created-otherwise',
  message: 'The account was created, but not as planned. It has: {state}.',
} as const;
export const CREATED_IN_PART = /*i18n*/ {
  id: 'account.created-in-part',
  message:
    'ATTENTION: the account exists, but may lack some of its fields. It has: {state}. The request failed: {reason}',
} as const;
export const EXISTS_NOW = /*i18n*/ {
  id: 'account.exists-now',
  message: 'Someone created this account after the plan was made. It was left alone.',
};
export const BY_SOMEONE = /*i18n*/ {
  id: 'account.by-someone',
  message: 'The account exists: created by a request of this job that got no answer, or by someone else.',
};
export const BY_SOMEONE_IN_MAS = /*i18n*/ {
  id: 'account.by-someone-in-mas',
  message:
    'The account exists: created by a request of this job that got no answer, or by someone else. Nothing else was set: no password, no email addresses, no rights and no name.',
};
export const SO_BY_SOMEONE = /*i18n*/ {
  id: 'account.so-by-someone',
  message: 'It was already so when Glia checked: done by a request of this job that got no answer, or by someone else.',
};
export const ALREADY = /*i18n*/ { id: 'account.already', message: 'Already as planned.' };
export const CHANGED = /*i18n*/ {
  id: 'account.changed',
  message: 'Changed since the plan, so it was left alone. Now {state}.',
} as const;
export const GONE = /*i18n*/ {
  id: 'account.gone',
  message: 'The account no longer exists. Nothing was sent, because the request would have created one.',
};
export const OTHER = /*i18n*/ {
  id: 'account.other',
  message: 'The account in the plan is gone, and this is a new one with the same ID.',
};
export const CLOSED = /*i18n*/ { id: 'account.closed', message: 'Deactivated since the plan was made.' };
export const NOW = /*i18n*/ { id: 'account.now', message: 'Changed as planned.' };
export const NOT_SO = /*i18n*/ {
  id: 'account.not-so',
  message: 'The homeserver accepted the request, but the account is not as planned. Now {state}.',
} as const;
export const NO_PASSWORD = /*i18n*/ {
  id: 'account.password-gone',
  message:
    'Nothing was sent. The password for this account was only in the page that started the job, and that page was closed. Import the file again for the remaining users.',
};

export const NO_PASSWORD_LEFT = /*i18n*/ {
  id: 'account.mas-password-gone',
  message:
    'The account exists, but its password was only in the page that started the job, and that page was closed. Reset the password of the user.',
};
