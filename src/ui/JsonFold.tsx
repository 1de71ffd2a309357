import { t } from '@lingui/core/macro';
import { useState } from 'react';
import { shownJson } from '~/lib/shown-json';
import classes from './JsonFold.module.css';
import { Outside } from './Outside';

/** A value from outside: as much as fits into a line; all of it, as JSON, on a click. */
export function JsonFold({ content }: { content: unknown }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={classes.content} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Outside text={JSON.stringify(content) ?? ''} none={t`unknown`} />
      </summary>
      {/* Only made when it is opened: it may be long. */}
      {open && <Json content={content} />}
    </details>
  );
}

function Json({ content }: { content: unknown }) {
  const { text, isCut } = shownJson(content);
  return (
    <>
      <pre
        dir="ltr"
        // A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className={classes.json}
      >
        {text}
      </pre>
      {isCut && <p>{t`Only the beginning is shown: it is too long for this page.`}</p>}
    </>
  );
}
