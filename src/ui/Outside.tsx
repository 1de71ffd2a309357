import { shownId, shownText } from '~/lib/shown-text';

interface OutsideProps {
  /** As it came. */
  text: string | null | undefined;
  /** Each character counts (an ID, an address, a key), or it is words (a name, a topic, a reason). */
  as?: 'id' | 'words';
  /** Shown where there is nothing to see of words. An ID of nothing is “(empty)”. */
  none?: string;
  longest?: number;
  className?: string;
}

/**
 * A value that was made outside of Glia: text only, isolated, so that it turns no direction around it, and with what nobody sees
 * made visible. IDs and addresses run from left to right in every language. Everything that a homeserver says goes through here, through `Id`, or, in plain text, through `isolated`.
 */
export function Outside({ text, as = 'words', none = '–', longest, className }: OutsideProps) {
  const shown = as === 'id' ? (text == null ? null : shownId(text, longest)) : shownText(text, longest);
  return (
    <bdi className={className} dir={as === 'id' ? 'ltr' : undefined}>
      {shown ?? none}
    </bdi>
  );
}
