import { Trans } from '@lingui/react/macro';
import { useAccountLooks } from '~/data/account-looks';
import { useSession } from '~/data/session';
import { Outside } from '~/ui/Outside';
import { cssColor } from './account-color';
import { AccountMark } from './AccountMark';
import classes from './AccountMark.module.css';

/** As which of the accounts of this tab something is changed, and where. */
export function AccountLine() {
  const session = useSession();
  const { color } = useAccountLooks()(session);
  return (
    <p className={classes.line} style={{ borderInlineStartColor: cssColor(color) }}>
      <Trans>
        <AccountMark session={session} /> as <Outside as="id" text={session.userId} />
      </Trans>
    </p>
  );
}
