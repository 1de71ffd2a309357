/**
 * Ms from any start, never backwards, to measure ages by. A page's own clock may stop while the machine sleeps; the system clock
 * does not, but may be set. The longer of both times is taken, so no age is too short.
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
