import { Id } from '~/ui/Id';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import classes from './join-rooms.module.css';

/** The columns say it all; ids are there to be copied. */
export const JOIN_LOOK: LedgerLook = {
  idHeader: null,
  cell: (column, text) =>
    text !== '' && (column === 'Room id' || text.startsWith('@')) ? (
      <Id value={text} />
    ) : (
      <bdi className={classes.cell} title={text}>
        {text}
      </bdi>
    ),
  widths: { User: 'minmax(13rem, 1.6fr)', 'Room id': 'minmax(13rem, 1.6fr)' },
};
