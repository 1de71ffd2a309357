import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { fileNamed } from '~/lib/file-address';
import { paths } from '~/lib/paths';
import { Outside } from '~/ui/Outside';

const example = 'mxc://example.org/AbCdEfGh';

/** One file by any address that somebody reports: its page says what the homeserver knows of it. */
export function FindFile() {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [isTried, setTried] = useState(false);
  const found = fileNamed(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (found !== null) void navigate(paths.file(found));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={760}>
        <TextInput
          label={t`Address of the file`}
          description={t`${example}, or the link of a download or a picture, from this or another homeserver.`}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setTried(false);
          }}
          error={
            isTried && found === null ? t`This is not the address of a file. It needs the server and the ID.` : null
          }
          spellCheck={false}
          autoComplete="off"
        />
        <Group gap="sm">
          <Button type="submit" size="sm" disabled={text.trim() === ''}>
            <Trans>Open file</Trans>
          </Button>
          {found !== null && (
            <Text size="sm" c="dimmed" role="status" style={{ overflowWrap: 'anywhere' }}>
              <Outside as="id" text={found} />
            </Text>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          <Trans>
            Glia reads what Synapse knows of the file: its name, type, size and owner, when it was opened, whether it is
            quarantined. That does not count as opening it.
          </Trans>
        </Text>
      </Stack>
    </form>
  );
}
