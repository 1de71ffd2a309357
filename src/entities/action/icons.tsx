import {
  IconDoorExit,
  IconEye,
  IconEyeOff,
  IconGauge,
  IconGaugeOff,
  IconGhost,
  IconGhostOff,
  IconKey,
  IconLock,
  IconLockOpen,
  IconPencil,
  IconPencilOff,
  IconPhotoEdit,
  IconPhotoX,
  IconPlayerPause,
  IconPlayerPlay,
  IconRobot,
  IconReload,
  IconShieldCheck,
  IconShieldOff,
  IconTrash,
  IconUnlink,
  IconUserCheck,
  IconUserMinus,
  IconUserShield,
  IconUserX,
} from '@tabler/icons-react';
import type { AnyAction, IconName } from '~/actions/action';

/** What an action looks like: it names its icon, and here it is drawn. */
const ICONS: Readonly<Record<IconName, typeof IconLock>> = {
  admin: IconUserShield,
  'admin-off': IconUserMinus,
  avatar: IconPhotoEdit,
  'avatar-off': IconPhotoX,
  close: IconUserX,
  ghost: IconGhost,
  'ghost-off': IconGhostOff,
  hide: IconEyeOff,
  key: IconKey,
  leave: IconDoorExit,
  lock: IconLock,
  name: IconPencil,
  'name-off': IconPencilOff,
  open: IconUserCheck,
  pause: IconPlayerPause,
  play: IconPlayerPlay,
  rate: IconGauge,
  'rate-off': IconGaugeOff,
  retry: IconReload,
  shield: IconShieldCheck,
  'shield-off': IconShieldOff,
  show: IconEye,
  trash: IconTrash,
  type: IconRobot,
  unlink: IconUnlink,
  unlock: IconLockOpen,
};

export function ActionIcon({ action }: { action: AnyAction }) {
  const Icon = ICONS[action.icon];
  return <Icon size={16} stroke={1.8} aria-hidden />;
}
