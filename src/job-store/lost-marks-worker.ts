import type { MarkAnswer, MarkRequest } from './lost-marks';

/**
 * Keeps a small file open for each job that runs here. Its room is taken when the job begins, and what is written later stands
 * in the place of what is there: a disk that is full by then can't prevent it. Only a worker may write a file like that.
 */

/** As far as it is used here: the types of pages don't know it. */
interface SyncAccessHandle {
  write(bytes: Uint8Array, options: { at: number }): number;
  getSize(): number;
  flush(): void;
  close(): void;
}

/** Bytes of room for a mark: more than a snapshot with a cut title takes. */
const ROOM = 4096;
/** Tries to open a file that another tab may still be closing, and ms between them. */
const TRIES = 5;
const BETWEEN_MS = 40;

const open = new Map<string, SyncAccessHandle>();

async function folder(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle('lost-jobs', { create: true });
}

async function openFile(id: string): Promise<SyncAccessHandle> {
  const file = await (await folder()).getFileHandle(id, { create: true });
  const { createSyncAccessHandle } = file as unknown as { createSyncAccessHandle(): Promise<SyncAccessHandle> };
  for (let tries = 1; ; tries += 1) {
    try {
      return await createSyncAccessHandle.call(file);
    } catch (error) {
      if (tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    }
  }
}

function write(handle: SyncAccessHandle, text: string): void {
  const bytes = new Uint8Array(ROOM).fill(32);
  const encoded = new TextEncoder().encode(text);
  if (encoded.length > ROOM) throw new Error('The mark has no room.');
  bytes.set(encoded);
  if (handle.write(bytes, { at: 0 }) < ROOM) throw new Error('The disk took only a part of it.');
  handle.flush();
}

async function act(request: MarkRequest): Promise<void> {
  const { id } = request;
  const handle = open.get(id);
  switch (request.type) {
    case 'reserve': {
      if (handle) return;
      const fresh = await openFile(id);
      open.set(id, fresh);
      // What stands there from an earlier page is a mark, or its room.
      if (fresh.getSize() < ROOM) write(fresh, '');
      return;
    }
    case 'write':
      if (!handle) throw new Error('No room was reserved.');
      write(handle, request.text);
      return;
    case 'close':
      handle?.close();
      open.delete(id);
      return;
    case 'remove':
      handle?.close();
      open.delete(id);
      await (await folder()).removeEntry(id);
  }
}

async function answer(seq: number, request: MarkRequest): Promise<void> {
  let ok = true;
  try {
    await act(request);
  } catch {
    ok = false;
  }
  postMessage({ seq, ok } satisfies MarkAnswer);
}

/** One after the other: a file is open once. */
let turn: Promise<void> = Promise.resolve();

addEventListener('message', ({ data: { seq, request } }: MessageEvent<{ seq: number; request: MarkRequest }>) => {
  const before = turn;
  turn = (async () => {
    await before;
    await answer(seq, request);
  })();
});
