/**
 * Ms from any start, never backwards, by which ages are told: it counts at least as much time as went by. A page's own clock may
 * stand still while the machine sleeps; the clock on the wall goes on then, but may be set. The longer one of both is taken.
 */
export function createAgeClock(
  tick: () => number = () => performance.now(),
  wall: () => number = () => Date.now(),
): () => number {
  let [lastTick, lastWall, age] = [tick(), wall(), 0];
  return () => {
    const [nowTick, nowWall] = [tick(), wall()];
    age += Math.max(nowTick - lastTick, nowWall - lastWall, 0);
    [lastTick, lastWall] = [nowTick, nowWall];
    return age;
  };
}
