import {
  IconBolt,
  IconEye,
  IconEyeOff,
  IconGauge,
  IconGhost,
  IconKey,
  IconLock,
  IconLockOpen,
  IconPlayerPause,
  IconPlayerPlay,
  IconShield,
  IconShieldOff,
  IconUserCheck,
  IconUserShield,
  IconUserX,
} from '@tabler/icons-react';
import type { AnyAction, IconName } from '~/actions/action';

/** What an action looks like: it names its icon, and here it is drawn. */
const ICONS: Readonly<Record<IconName, typeof IconBolt>> = {
  admin: IconUserShield,
  close: IconUserX,
  ghost: IconGhost,
  hide: IconEyeOff,
  key: IconKey,
  lock: IconLock,
  open: IconUserCheck,
  pause: IconPlayerPause,
  play: IconPlayerPlay,
  rate: IconGauge,
  shield: IconShield,
  'shield-off': IconShieldOff,
  show: IconEye,
  unlock: IconLockOpen,
};

export function ActionIcon({ action }: { action: AnyAction }) {
  const Icon = action.icon ? ICONS[action.icon] : IconBolt;
  return <Icon size={16} stroke={1.8} aria-hidden />;
}
