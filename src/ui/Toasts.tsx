import { t } from '@lingui/core/macro';
import { Button, CloseButton, Group } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Link } from 'react-router';
import { Notice } from './Notice';
import classes from './Toasts.module.css';
import { dismissToast, toasts, type Toast } from './toasts';

/** Long enough to read it and to reach its button, ms. */
const SHOWN_MS = 12_000;

export function Toasts() {
  const list = useSyncExternalStore(toasts.subscribe, toasts.get);
  return (
    <div className={classes.stack} role="region" aria-label={t`Notifications`} aria-live="polite">
      {list.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function OneToast({ toast }: { toast: Toast }) {
  const { id, tone, title, body, actions } = toast;
  // While somebody is at it, it stays.
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismissToast(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, id]);
  return (
    <div
      className={classes.toast}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Notice tone={tone} title={title}>
        {body}
        <Group gap="xs" mt={6}>
          {actions?.map(({ label, to, onClick }) =>
            to === undefined ? (
              <Button
                key={label}
                size="xs"
                variant="default"
                onClick={() => {
                  dismissToast(id);
                  onClick?.();
                }}
              >
                {label}
              </Button>
            ) : (
              <Button key={label} size="xs" variant="subtle" component={Link} to={to} onClick={() => dismissToast(id)}>
                {label}
              </Button>
            ),
          )}
          <CloseButton size="sm" aria-label={t`Dismiss`} onClick={() => dismissToast(id)} ms="auto" />
        </Group>
      </Notice>
    </div>
  );
}
