import { useEffect, useRef } from 'react';

/** A picture from bytes in memory: an address can’t carry the token. What is named beside it needs no words of its own. */
export function BlobImage({ blob, className }: { blob: Blob; className?: string | undefined }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const shown = image.current;
    if (!shown) return;
    const url = URL.createObjectURL(blob);
    shown.src = url;
    // Revoked, or the bytes would stay for as long as the page.
    return () => {
      URL.revokeObjectURL(url);
      shown.removeAttribute('src');
    };
  }, [blob]);
  return <img ref={image} alt="" className={className} />;
}
