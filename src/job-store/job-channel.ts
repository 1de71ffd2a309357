import { COMMANDS, type Command } from '~/jobs/mirror';

/** What the tabs of Glia tell each other about jobs. Only that something happened: what happened is in the journal. */
export type Message =
  | { type: 'wrote' | 'deleted'; id: string }
  /** To the tab that holds the job: another one wants it. One that runs is kept. */
  | { type: 'let-go'; id: string }
  /** To the same tab. Where it has no token to obey with, it lets go. */
  | { type: 'command'; id: string; command: Command };

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('glia-jobs');
// In Node a channel keeps the process alive.
if (channel && 'unref' in channel && typeof channel.unref === 'function') channel.unref();

export function tellTabs(message: Message): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no origin to name
  channel?.postMessage(message);
}

/** Messages of other tabs; what is not one (an older or newer Glia) is left out. */
export function hearTabs(listener: (message: Message) => void): void {
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isMessage(data)) listener(data);
  });
}

function isMessage(data: unknown): data is Message {
  if (typeof data !== 'object' || data === null || !('type' in data) || !('id' in data)) return false;
  if (typeof data.id !== 'string') return false;
  if (data.type === 'wrote' || data.type === 'deleted' || data.type === 'let-go') return true;
  return data.type === 'command' && 'command' in data && COMMANDS.some((command) => command === data.command);
}
