import { useAccountLooks } from '~/data/account-looks';
import type { Session } from '~/data/session';
import { Outside } from '~/ui/Outside';
import { cssColor } from './account-color';
import classes from './AccountMark.module.css';

/** The colour and the name of an account of this tab. */
export function AccountMark({ session }: { session: Session }) {
  const { name, color } = useAccountLooks()(session);
  return (
    <span className={classes.mark}>
      <span className={classes.dot} style={{ background: cssColor(color) }} aria-hidden />
      <span className={classes.name}>
        <Outside text={name} />
      </span>
    </span>
  );
}
