import { useEffect, useRef, type CSSProperties } from 'react';
import classes from './Picture.module.css';

interface PictureProps {
  /** What the initials and the colour are made of. */
  name: string;
  /** Shown over the initials once it is there; where it can't be shown, they stay. */
  blob?: Blob | null;
  /** Rooms are square, people round. */
  square?: boolean;
  size?: 'lg' | undefined;
}

/** A small picture of somebody or something that is named beside it: for the eye only. */
export function Picture({ name, blob = null, square = false, size }: PictureProps) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const shown = image.current;
    if (!blob || !shown) return;
    const url = URL.createObjectURL(blob);
    shown.src = url;
    // Revoked, or the bytes would stay for as long as the page.
    return () => {
      URL.revokeObjectURL(url);
      shown.removeAttribute('src');
    };
  }, [blob]);
  return (
    <span
      className={classes.picture}
      data-square={square}
      data-size={size}
      style={{ '--hue': hueOf(name) } as CSSProperties}
      aria-hidden
    >
      {initials(name)}
      {blob && (
        <img
          ref={image}
          alt=""
          className={classes.image}
          onLoad={({ currentTarget }) => currentTarget.setAttribute('data-loaded', '')}
        />
      )}
    </span>
  );
}

/** One or two letters or digits; a sign where a name has neither. */
function initials(name: string): string {
  const words = name.slice(0, 100).match(/[\p{L}\p{N}]+/gu) ?? [];
  const [first, second] = words;
  if (first === undefined) return '·';
  return [first, second ?? ''].map((word) => Array.from(word)[0] ?? '').join('');
}

function hueOf(name: string): number {
  let sum = 0;
  for (let at = 0; at < Math.min(name.length, 100); at += 1) sum = (sum * 31 + name.charCodeAt(at)) % 36_000;
  return sum % 360;
}
