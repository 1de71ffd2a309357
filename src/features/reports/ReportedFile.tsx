import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Loader, Text } from '@mantine/core';
import { useState } from 'react';
import { usePreview } from '~/data/previews';
import { useSession } from '~/data/session';
import { FileLink } from '~/entities/media/FileLink';
import { isPicture } from '~/entities/media/pictures';
import { recordReading } from '~/job-store/readings';
import { BlobImage } from '~/ui/BlobImage';
import { ErrorNote } from '~/ui/ErrorNote';
import type { NamedFile } from './files';
import classes from './reports.module.css';

/** A file of a reported message. It is fetched once somebody asks for it: that counts as opening it. */
export function ReportedFile({ file: { mxc, type, isEncrypted } }: { file: NamedFile }) {
  const session = useSession();
  const { homeserver } = session;
  const [isAsked, ask] = useState(false);
  const canShow = !isEncrypted && (type === null || isPicture(type));
  const { blob, error } = usePreview(homeserver, mxc, canShow && isAsked, 'large');
  return (
    <div className={classes.file}>
      <FileLink mxc={mxc} />
      {isEncrypted && <Text size="sm" c="dimmed">{t`Encrypted: only the people in the room can open it.`}</Text>}
      {!canShow && !isEncrypted && <Text size="sm" c="dimmed">{t`Not a picture: Glia doesn’t show it.`}</Text>}
      {canShow && !isAsked && (
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              recordReading('read.file', mxc, session);
              ask(true);
            }}
          >
            <Trans>Show picture</Trans>
          </Button>
          <Text size="xs" c="dimmed">
            {t`This may be disturbing. It counts as opening the file: jobs that delete old files keep it for longer.`}
          </Text>
        </Group>
      )}
      {canShow &&
        isAsked &&
        (error ? (
          <ErrorNote title={t`Could not load the picture`} error={error} />
        ) : blob ? (
          <BlobImage blob={blob} className={classes.picture} />
        ) : (
          <Loader size="sm" role="status" aria-label={t`Loading`} />
        ))}
    </div>
  );
}
