import { msg } from '@lingui/core/macro';
import { UserLink } from '~/entities/user/UserLink';
import { paths } from '~/lib/paths';
import { IdLink } from '~/ui/IdLink';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import classes from './join-rooms.module.css';
import { Outside } from '~/ui/Outside';
import { isolatedWords } from '~/lib/shown-text';

/** The columns say it all. */
export const JOIN_LOOK: LedgerLook = {
  idHeader: null,
  headers: { User: msg`User`, Room: msg`Room`, 'Room id': msg`Room ID` },
  cell(column, text) {
    if (column === 'Room id' && text !== '') return <IdLink value={text} to={paths.room(text)} />;
    if (text.startsWith('@')) return <UserLink userId={text} />;
    return (
      <span title={isolatedWords(text)}>
        <Outside text={text} className={classes.cell} />
      </span>
    );
  },
  widths: { User: 'minmax(13rem, 1.6fr)', 'Room id': 'minmax(13rem, 1.6fr)' },
};
