import type { Text } from '~/lib/text';
import { storageReason } from './journal-db';
import { releaseRunner, holdRunner } from './runner-lock';
import type { ScannedUser } from './scanned-user';
import {
  deleteScan,
  writeEnd,
  writeList,
  writeUsers,
  type KeptScan,
  type Listed,
  type ScanHead,
  type Unread,
} from './user-scans';

/** As many users are written at once, or as few as come within this time: so much is lost where the page goes away. */
const AT_ONCE = 500;
const EVERY_MS = 2000;

/** Writes what a scan reads as it comes. Where the disk refuses, the scan continues without it and says so. */
export class ScanWriter {
  /** Why not all of it is on disk; null: nothing is known against it. */
  problem: Text | null = null;
  #head: ScanHead;
  #seq: number;
  #waiting: ScannedUser[] = [];
  #writtenAt = performance.now();
  #last: Promise<void>;

  private constructor(head: ScanHead, seq: number, first: Promise<ScanHead>) {
    this.#head = head;
    this.#seq = seq;
    if (typeof window !== 'undefined') window.addEventListener('pagehide', this.#leave);
    // No other tab reads on with it. Without locks (plain http) nobody can tell.
    void holdRunner(head.id).catch(() => undefined);
    this.#last = first.then((written) => void (this.#head = written)).catch((error: unknown) => this.#fail(error));
  }

  static begin(head: ScanHead, listed: readonly Listed[]): ScanWriter {
    return new ScanWriter(head, 0, writeList(head, listed));
  }

  static resume({ head, nextSeq }: KeptScan): ScanWriter {
    return new ScanWriter(head, nextSeq, Promise.resolve(head));
  }

  /** As it is on disk, or would be. */
  get head(): ScanHead {
    return this.#head;
  }

  get nextSeq(): number {
    return this.#seq;
  }

  add(user: ScannedUser): void {
    this.#waiting.push(user);
    if (this.#waiting.length >= AT_ONCE || performance.now() - this.#writtenAt > EVERY_MS) void this.flush();
  }

  /** Resolves once all that was added is written, or can't be. */
  flush(): Promise<void> {
    const users = this.#waiting;
    if (users.length === 0) return this.#last;
    this.#waiting = [];
    this.#writtenAt = performance.now();
    const seq = this.#seq;
    this.#seq += 1;
    return this.#then(async () => {
      this.#head = await writeUsers({ ...this.#head, readAt: Date.now() }, seq, users);
    });
  }

  /** All was read but these. */
  async end(facts: Pick<ScanHead, 'endedAt' | 'readAt' | 'notes'>, unread: readonly Unread[]): Promise<void> {
    await this.flush();
    await this.#then(async () => {
      this.#head = { ...this.#head, ...facts };
      await writeEnd(this.#head, unread);
    });
    this.close();
  }

  /** Nothing of it is wanted. */
  async discard(): Promise<void> {
    await this.#last;
    await deleteScan(this.#head.id).catch(() => undefined);
    this.close();
  }

  /** Another tab may go on with it. */
  close(): void {
    if (typeof window !== 'undefined') window.removeEventListener('pagehide', this.#leave);
    releaseRunner(this.#head.id);
  }

  /** The page goes away: what waits may still get to the disk. */
  readonly #leave = (): void => void this.flush();

  #then(write: () => Promise<void>): Promise<void> {
    this.#last = this.#last
      .then(() => (this.problem === null ? write() : undefined))
      .catch((error: unknown) => this.#fail(error));
    return this.#last;
  }

  #fail(error: unknown): void {
    this.problem = storageReason(error);
  }
}
