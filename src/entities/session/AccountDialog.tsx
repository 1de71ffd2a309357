import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ACCOUNT_COLORS, keepLook, keptLook, nameOf, useAccountLooks, type AccountColor } from '~/data/account-looks';
import { ownerOf, useAccounts, type Session } from '~/data/session';
import { wordsOf, type Words } from '~/lib/words';
import { Outside } from '~/ui/Outside';
import { useReturnedFocus } from '~/ui/use-returned-focus';
import { cssColor } from './account-color';
import classes from './AccountMark.module.css';

const COLORS: Readonly<Record<AccountColor, Words>> = {
  blue: msg`Blue`,
  orange: msg`Orange`,
  green: msg`Green`,
  grape: msg`Purple`,
  teal: msg`Teal`,
  red: msg`Red`,
  indigo: msg`Indigo`,
  pink: msg`Pink`,
};

const LONGEST = 40;

/** How this browser tells an account from the others. */
export function AccountDialog({ session, onClose }: { session: Session; onClose(): void }) {
  useReturnedFocus();
  const { t } = useLingui();
  const look = useAccountLooks()(session);
  const owner = ownerOf(session);
  const all = useAccounts().map((account) => account.session);
  const [name, setName] = useState(keptLook(owner)?.name ?? '');
  const [color, setColor] = useState<AccountColor>(look.color);
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    void keepLook(owner, { color, name });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Name and color of this account`}
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form onSubmit={save}>
        <Stack>
          <Text size="sm">
            <Outside as="id" text={session.userId} />
          </Text>
          <TextInput
            label={t`Name`}
            description={t`Only for you, in this browser. Leave it empty to use the name of the server.`}
            placeholder={nameOf(session, all)}
            value={name}
            maxLength={LONGEST}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group label={t`Color`} value={color} onChange={(value) => setColor(value)}>
            <Group gap="sm" mt={4}>
              {ACCOUNT_COLORS.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={
                    <span className={classes.mark}>
                      <span className={classes.dot} style={{ background: cssColor(one) }} aria-hidden />
                      {wordsOf(COLORS[one])}
                    </span>
                  }
                />
              ))}
            </Group>
          </Radio.Group>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit">
              <Trans>Save</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
