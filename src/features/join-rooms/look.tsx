import { Id } from '~/ui/Id';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import classes from './join-rooms.module.css';
import { Outside } from '~/ui/Outside';
import { isolatedWords } from '~/lib/shown-text';

/** The columns say it all; ids are there to be copied. */
export const JOIN_LOOK: LedgerLook = {
  idHeader: null,
  cell: (column, text) =>
    text !== '' && (column === 'Room id' || text.startsWith('@')) ? (
      <Id value={text} />
    ) : (
      <span title={isolatedWords(text)}>
        <Outside text={text} className={classes.cell} />
      </span>
    ),
  widths: { User: 'minmax(13rem, 1.6fr)', 'Room id': 'minmax(13rem, 1.6fr)' },
};
