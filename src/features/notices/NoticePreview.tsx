import { Trans, useLingui } from '@lingui/react/macro';
import { SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { Notice } from '~/ui/Notice';
import { Outside } from '~/ui/Outside';
import { FormattedView } from './FormattedView';
import classes from './notices.module.css';
import { parseHtml } from './parse-html';

/** The notice as a client shows it: formatted, and as text for clients that show no more. */
export function NoticePreview({ text, html }: { text: string; html: string }) {
  const { t } = useLingui();
  const [as, setAs] = useState<'html' | 'text'>('html');
  const settled = useDeferredValue(html);
  const { nodes, leftOut } = useMemo(() => parseHtml(settled), [settled]);
  const isFormatted = html.trim() !== '' && as === 'html';
  const tags = leftOut.map((tag) => `<${tag}>`).join(', ');
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        <Trans>Preview</Trans>
      </Title>
      {html.trim() !== '' && (
        <SegmentedControl
          size="xs"
          aria-label={t`Show the notice as`}
          value={as}
          onChange={(value) => setAs(value === 'text' ? 'text' : 'html')}
          data={[
            { value: 'html', label: t`Formatted` },
            { value: 'text', label: t`Plain text` },
          ]}
        />
      )}
      <div className={classes.room}>
        <div className={classes.sender}>
          <span className={classes.face}>
            <IconBell size={16} aria-hidden />
          </span>
          <Trans>Server notices</Trans>
        </div>
        <div className={classes.message} data-notice-preview dir="auto">
          {isFormatted ? (
            <FormattedView nodes={nodes} />
          ) : text.trim() === '' ? (
            <Text size="sm" c="dimmed" span>
              <Trans>Nothing entered yet.</Trans>
            </Text>
          ) : (
            <div className={classes.plain}>{text.trim()}</div>
          )}
        </div>
      </div>
      {leftOut.length > 0 && (
        <Notice tone="warning" title={t`Clients don’t show all of this HTML`}>
          <Text size="sm">
            <Trans>
              Left out: <Outside text={tags} />. Matrix clients show only the tags that the Matrix specification lists.
            </Trans>
          </Text>
        </Notice>
      )}
      <Text size="xs" c="dimmed">
        <Trans>Each client shows it in its own way. Glia loads no pictures here.</Trans>
      </Text>
    </Stack>
  );
}
