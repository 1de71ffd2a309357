import { msg } from '@lingui/core/macro';
import type { ColumnField } from '~/lib/user-columns';
import type { Words } from '~/lib/words';
import type { Mode } from './choice';

export const FIELD_WORDS: Readonly<Record<ColumnField, Words>> = {
  user: msg`User ID or username`,
  displayname: msg`Display name`,
  password: msg`Password`,
  email: msg`Email addresses`,
  phone: msg`Phone numbers`,
  external_ids: msg`External IDs (provider:id)`,
  admin: msg`Server admin`,
  user_type: msg`User type`,
  locked: msg`Locked`,
  deactivated: msg`Deactivated`,
  is_guest: msg`Guest`,
  rooms: msg`Rooms to join`,
};

export const MODE_WORDS: Readonly<Record<Mode, { label: Words; description: Words }>> = {
  both: {
    label: msg`Create and update`,
    description: msg`Creates accounts that don’t exist, and changes existing ones where the file differs.`,
  },
  skip: {
    label: msg`Create, skip existing`,
    description: msg`Creates accounts that don’t exist. Existing ones are left alone.`,
  },
  create: {
    label: msg`Only create`,
    description: msg`The same, but an existing account counts as an error.`,
  },
  update: {
    label: msg`Only update`,
    description: msg`Changes existing accounts where the file differs. A missing account counts as an error.`,
  },
};
