import { download } from '~/ui/download';
import type { Target } from './zip';

/** Where the archive is saved: straight to disk where the browser can do that, else by way of its memory. */

/** What no type of the DOM has yet. */
interface SavePicker {
  showSaveFilePicker?(options: { suggestedName: string; startIn?: 'downloads' }): Promise<FileSystemFileHandle>;
}

const picker = (): SavePicker => window as unknown as SavePicker;

/** Whether the archive can be written to disk as it comes. */
export const canStream = (): boolean => typeof picker().showSaveFilePicker === 'function';

/** Without that, all of it is in the browser’s memory before it is saved. */
export const MEMORY_LIMIT = 1_000_000_000;

/** Smaller ones need no dialog of their own: they go where downloads go. */
const SMALL = 50_000_000;

/**
 * To call in the handler of a click: the browser asks where to save it.
 * @param expected its size, as far as it is known
 * @returns null where the admin chose no file
 */
export async function chooseTarget(name: string, expected: number): Promise<Target | null> {
  const { showSaveFilePicker } = picker();
  if (!showSaveFilePicker || expected <= SMALL) return inMemory(name);
  try {
    return toDisk(await showSaveFilePicker.call(window, { suggestedName: name, startIn: 'downloads' }));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

const inMemory = (name: string): Target => ({
  limit: MEMORY_LIMIT,
  async save(zip) {
    const whole = await new Response(zip).blob();
    download(new Blob([whole], { type: 'application/zip' }), name);
    return whole.size;
  },
});

/** What is written comes into the place of the file only when all of it is there. */
export const toDisk = (handle: Pick<FileSystemFileHandle, 'createWritable'>): Target => ({
  limit: null,
  async save(zip) {
    let bytes = 0;
    const count = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        controller.enqueue(chunk);
      },
    });
    // A pipe that breaks aborts the file, which leaves nothing behind.
    await zip.pipeThrough(count).pipeTo(await handle.createWritable());
    return bytes;
  },
});
