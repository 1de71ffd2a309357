/** Timers for a page that may be hidden: browsers hold back a hidden page's own, to a second and then to a minute. */

export type TimerRequest = { id: number; ms: number } | { id: number; callOff: true };

const timers = new Map<number, ReturnType<typeof setTimeout>>();

addEventListener('message', ({ data }: MessageEvent<TimerRequest>) => {
  if ('callOff' in data) {
    clearTimeout(timers.get(data.id));
    timers.delete(data.id);
    return;
  }
  timers.set(
    data.id,
    setTimeout(() => {
      timers.delete(data.id);
      postMessage(data.id);
    }, data.ms),
  );
});
