import { useLingui } from '@lingui/react/macro';
import { createElement, useState, type ReactNode } from 'react';
import { isolatedWords } from '~/lib/shown-text';
import classes from './notices.module.css';
import type { Formatted, FormattedElement } from './matrix-html';

/** Formatted text as a client shows it: elements made of plain data, with no attribute but those set here. */
export function FormattedView({ nodes }: { nodes: readonly Formatted[] }) {
  return nodes.map((node, index) => (
    // Parts of one text: they neither move nor come twice.
    // oxlint-disable-next-line react/no-array-index-key
    <Part key={index} node={node} />
  ));
}

function Part({ node }: { node: Formatted }) {
  if (typeof node === 'string') return node;
  const { tag, children } = node;
  const inside = children.length === 0 ? null : <FormattedView nodes={children} />;
  if (tag === 'br') return <br />;
  if (tag === 'hr') return <hr className={classes.rule} />;
  if (tag === 'img') return <PictureWords alt={node.alt ?? ''} />;
  if (tag === 'a') return node.href === undefined ? inside : <SafeLink href={node.href}>{inside}</SafeLink>;
  if (tag === 'span') return <Span element={node}>{inside}</Span>;
  if (tag === 'ol') return <ol start={node.start}>{inside}</ol>;
  // No heading of this page.
  if (HEADING.test(tag)) {
    return (
      <div className={classes.heading} data-level={tag}>
        {inside}
      </div>
    );
  }
  return createElement(tag, null, inside);
}

const HEADING = /^h[1-6]$/;

function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} title={isolatedWords(href)} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

/** Clients load a picture of the homeserver only; here none is loaded. */
function PictureWords({ alt }: { alt: string }) {
  const { t } = useLingui();
  const words = isolatedWords(alt);
  return <span className={classes.picture}>{alt === '' ? t`Picture` : t`Picture: ${words}`}</span>;
}

function Span({
  element: { color, background, spoiler },
  children,
}: {
  element: FormattedElement;
  children: ReactNode;
}) {
  const [isShown, show] = useState(false);
  const { t } = useLingui();
  if (spoiler !== undefined) {
    const reason = isolatedWords(spoiler);
    return (
      <button type="button" className={classes.spoiler} aria-expanded={isShown} onClick={() => show(!isShown)}>
        {isShown ? children : spoiler === '' ? t`Spoiler` : t`Spoiler: ${reason}`}
      </button>
    );
  }
  return <span style={{ color, backgroundColor: background }}>{children}</span>;
}
