import {
  IconAffiliate,
  IconAt,
  IconFile,
  IconFileSearch,
  IconMessages,
  IconSearch,
  IconUser,
} from '@tabler/icons-react';
import { ActionIcon } from '~/entities/action/icons';
import type { Command } from './commands';

const ICONS = {
  user: IconUser,
  room: IconMessages,
  destination: IconAffiliate,
  email: IconAt,
  event: IconFileSearch,
  file: IconFile,
  media: IconFile,
  search: IconSearch,
} as const;

/** What a command looks like, unless it goes to a screen: that brings its own picture. */
export function CommandIcon({ looks }: Pick<Command, 'looks'>) {
  if (typeof looks === 'object') return 'screen' in looks ? null : <ActionIcon action={looks} />;
  const Icon = ICONS[looks];
  return <Icon size={18} stroke={1.6} aria-hidden />;
}
