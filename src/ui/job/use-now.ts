import { useEffect, useState } from 'react';

/** Epoch ms, a second old at most: for waits that are counted down. Stands still while not `alive`. */
export function useNow(alive: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!alive) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [alive]);
  return now;
}
