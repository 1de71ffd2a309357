import { isoTime } from '~/lib/times';

/** Hands a file to the browser. The URL is let go later: some browsers read it only after the click was handled. */
export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `join-plan-2026-11-24-1504.csv`: sorts by time, and no character that a file system minds. @param ms epoch ms */
export function fileName(stem: string, extension: string, ms: number = Date.now()): string {
  const time = isoTime(ms - new Date(ms).getTimezoneOffset() * 60_000) ?? '';
  return `${stem}-${time.slice(0, 10)}-${time.slice(11, 16).replace(':', '')}.${extension}`;
}
