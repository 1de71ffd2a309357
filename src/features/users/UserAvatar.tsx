import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, FileButton, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { removeAvatar, setAvatar } from '~/actions/user/profile';
import { uploadFile } from '~/api/media';
import type { User } from '~/api/users';
import { useSession } from '~/data/session';
import { userDetails } from '~/data/user-details';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { ActionPencil } from '~/entities/action/ActionPencil';
import { formatBytes } from '~/lib/bytes';
import { ActsAs } from '~/ui/ActsAs';
import { BlobImage } from '~/ui/BlobImage';
import { ErrorNote } from '~/ui/ErrorNote';
import { Outside } from '~/ui/Outside';
import { useReturnedFocus } from '~/ui/use-returned-focus';
import classes from './UserAvatar.module.css';

/** Changes an avatar, with a picture from this computer or one that is uploaded already, and removes it. */
export function AvatarPencil({ user }: { user: User }) {
  const [isChoosing, choose] = useState(false);
  const [mxcUrl, take] = useState<string | null>(null);
  return (
    <>
      <ActionPencil actions={[setAvatar]} id={user.name} seen={user} onChoose={() => choose(true)} />
      <ActionPencil actions={[removeAvatar]} id={user.name} seen={user} look="x" />
      {isChoosing && (
        <ChoosePicture
          onClose={() => choose(false)}
          onTake={(uploaded) => {
            choose(false);
            take(uploaded);
          }}
        />
      )}
      {mxcUrl !== null && (
        <ActionDialog
          action={setAvatar}
          id={user.name}
          {...(mxcUrl !== '' && { values: { avatar_url: mxcUrl } })}
          onClose={() => take(null)}
        />
      )}
    </>
  );
}

const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

interface ChoosePictureProps {
  onClose(): void;
  /** @param mxcUrl empty: none was uploaded */
  onTake(mxcUrl: string): void;
}

function ChoosePicture({ onClose, onTake }: ChoosePictureProps) {
  useReturnedFocus();
  const { homeserver } = useSession();
  const [file, setFile] = useState<File | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const { data: largest = null } = useQuery(userDetails.largestUpload(homeserver));
  const given = useRef(new AbortController());
  useEffect(() => {
    const { current } = given;
    return () => current.abort();
  }, []);
  // Synapse ends the connection without a word that a browser could read (`http/site.py:302-314`).
  // “All files” in the browser’s dialog offers others too.
  const isNoPicture = file !== null && !PICTURES.includes(file.type);
  const isTooLarge = file !== null && largest !== null && file.size > largest;

  const upload = async (picture: File) => {
    setBusy(true);
    setError(null);
    try {
      onTake(await uploadFile(homeserver, picture, picture.name, given.current.signal));
    } catch (failed) {
      setBusy(false);
      setError(failed instanceof Error ? failed : new Error(String(failed)));
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Change avatar`}
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack gap="md">
        <ActsAs />
        {file ? (
          <Group gap="sm" wrap="nowrap">
            <BlobImage blob={file} className={classes.picture} />
            <div className={classes.words}>
              <Outside text={file.name} longest={80} />
              <Text size="xs" c="dimmed">
                {formatBytes(file.size)}
              </Text>
            </div>
          </Group>
        ) : (
          <Text size="sm">
            <Trans>Glia uploads the picture as a file of yours, and then asks before the avatar is changed.</Trans>
          </Text>
        )}
        {!file && (
          <div>
            <Button variant="subtle" size="compact-sm" ms={-8} onClick={() => onTake('')}>
              <Trans>Use a picture that is uploaded already</Trans>
            </Button>
          </div>
        )}
        {isNoPicture && (
          <Text size="sm" role="alert">
            <Trans>This is not a picture that clients can show. Choose a PNG, JPEG, GIF or WebP file.</Trans>
          </Text>
        )}
        {isTooLarge && (
          <Text size="sm" role="alert">
            {tooLargeWords(largest)}
          </Text>
        )}
        {isBusy && file && (
          <div role="status">
            <Text size="sm" mb={4}>
              {busyWords(file.size)}
            </Text>
            <Progress value={100} animated aria-label={t`Uploading`} />
          </div>
        )}
        {error && <ErrorNote title={t`Could not upload the picture`} error={error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          {file && !isTooLarge && !isNoPicture ? (
            <Button loading={isBusy} onClick={() => void upload(file)}>
              <Trans>Upload picture</Trans>
            </Button>
          ) : (
            <FileButton onChange={setFile} accept={PICTURES.join(',')}>
              {(props) => (
                <Button {...props}>
                  <Trans>Choose picture…</Trans>
                </Button>
              )}
            </FileButton>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function tooLargeWords(bytes: number): string {
  const size = formatBytes(bytes);
  return t`This homeserver accepts files of up to ${size}. Choose a smaller picture.`;
}

function busyWords(bytes: number): string {
  const size = formatBytes(bytes);
  return t`Uploading ${size}…`;
}
