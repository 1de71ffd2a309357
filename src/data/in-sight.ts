import { useEffect, useState } from 'react';

const AFTER_MS = 150;

/** True once the component has been there for a moment: rows that fly by while one scrolls ask the server for nothing. */
export function useInSight(): boolean {
  const [inSight, setInSight] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setInSight(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return inSight;
}
