import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Loader, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ShownFile } from '~/api/media';
import { usePreview } from '~/data/previews';
import { useSession } from '~/data/session';
import { isPicture } from '~/entities/media/pictures';
import { recordReading } from '~/job-store/readings';
import { BlobImage } from '~/ui/BlobImage';
import { ErrorNote } from '~/ui/ErrorNote';
import { Notice } from '~/ui/Notice';
import classes from './FilePreview.module.css';

/** The picture of a file, once somebody asked for it: to fetch it counts as opening the file. */
export function FilePreview({ mxc, file }: { mxc: string; file: ShownFile }) {
  const session = useSession();
  const { homeserver } = session;
  const [isAsked, ask] = useState(false);
  const isHidden = file.quarantined_by != null;
  const canShow = isPicture(file.media_type) && !isHidden;
  const { blob, error } = usePreview(homeserver, mxc, canShow && isAsked, 'large');
  return (
    <section className={classes.preview}>
      <Title order={2} size="h4" mb="xs">
        <Trans>Preview</Trans>
      </Title>
      {!canShow ? (
        <Text size="sm" c="dimmed">
          {isHidden ? t`Quarantined: it can’t be shown.` : t`Glia can show pictures only, and this file isn’t one.`}
        </Text>
      ) : !isAsked ? (
        <Notice tone="warning" title={t`Looking at a picture counts as opening the file`}>
          <Trans>
            Synapse then says that it was opened just now, and jobs that delete old files keep it for longer.
          </Trans>
          <Group mt={6}>
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                recordReading('read.file', mxc, session);
                ask(true);
              }}
            >
              <Trans>Show picture</Trans>
            </Button>
          </Group>
        </Notice>
      ) : error ? (
        <ErrorNote title={t`Could not load the picture`} error={error} />
      ) : blob ? (
        <BlobImage blob={blob} className={classes.picture} />
      ) : (
        <Loader size="sm" role="status" aria-label={t`Loading`} />
      )}
    </section>
  );
}
