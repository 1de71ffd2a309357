import {
  IconBan,
  IconCircleCheck,
  IconCrown,
  IconDoorExit,
  IconEye,
  IconEyeOff,
  IconGauge,
  IconGaugeOff,
  IconGhost,
  IconGhostOff,
  IconGitBranch,
  IconKey,
  IconLock,
  IconLockOpen,
  IconPlayerPause,
  IconPlayerPlay,
  IconShieldCheck,
  IconShieldOff,
  IconTrash,
  IconUnlink,
  IconUserCheck,
  IconUserMinus,
  IconUserShield,
  IconUserX,
  IconWorld,
  IconWorldOff,
} from '@tabler/icons-react';
import type { AnyAction, IconName } from '~/actions/action';

/** What an action looks like: it names its icon, and here it is drawn. */
const ICONS: Readonly<Record<IconName, typeof IconLock>> = {
  admin: IconUserShield,
  'admin-off': IconUserMinus,
  ban: IconBan,
  'ban-off': IconCircleCheck,
  branch: IconGitBranch,
  close: IconUserX,
  crown: IconCrown,
  ghost: IconGhost,
  'ghost-off': IconGhostOff,
  hide: IconEyeOff,
  key: IconKey,
  leave: IconDoorExit,
  lock: IconLock,
  open: IconUserCheck,
  pause: IconPlayerPause,
  play: IconPlayerPlay,
  rate: IconGauge,
  'rate-off': IconGaugeOff,
  shield: IconShieldCheck,
  'shield-off': IconShieldOff,
  show: IconEye,
  trash: IconTrash,
  unlink: IconUnlink,
  unlock: IconLockOpen,
  world: IconWorld,
  'world-off': IconWorldOff,
};

export function ActionIcon({ action }: { action: AnyAction }) {
  const Icon = ICONS[action.icon];
  return <Icon size={16} stroke={1.8} aria-hidden />;
}
