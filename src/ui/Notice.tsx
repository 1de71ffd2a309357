import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconKey } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Notice.module.css';

export type NoticeTone = 'plain' | 'good' | 'warning' | 'danger' | 'key';

const ICONS = {
  plain: IconInfoCircle,
  good: IconCircleCheck,
  warning: IconAlertTriangle,
  danger: IconAlertTriangle,
  key: IconKey,
} as const;

interface NoticeProps {
  tone?: NoticeTone;
  title?: ReactNode;
  /** `alert` for what must be heard at once, `status` for what may wait; neither where it was there from the start. */
  role?: 'alert' | 'status';
  children?: ReactNode;
}

/** Something to know before going on. Its words have the text's own colour; the tone is in the edge and the icon. */
export function Notice({ tone = 'plain', title, role, children }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <div role={role} className={classes.notice} data-tone={tone}>
      <Icon size={20} stroke={1.8} className={classes.icon} aria-hidden />
      <div className={classes.body}>
        {title !== undefined && <div className={classes.title}>{title}</div>}
        {children}
      </div>
    </div>
  );
}
