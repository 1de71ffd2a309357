import type { DataPart } from '~/api/user-data';
import type { Text } from '~/lib/text';

/** What is asked for, and what became of it: the page, the manifest and the README all say this. */

export interface Choice {
  /** Parts that are not wanted. */
  readonly without: readonly DataPart[];
  readonly files: boolean;
}

export const FIRST_CHOICE: Choice = { without: [], files: false };

/** `partly`: what there is of it was read, and something is known to be missing. */
export type PartState = 'read' | 'partly' | 'not-read' | 'left-out';

export interface PartResult {
  readonly id: DataPart;
  readonly state: PartState;
  /** Null: it is not a list. */
  readonly count: number | null;
  /** Why not, or what is missing. */
  readonly reason: Text;
  /** Epoch ms. */
  readonly readAt: number | null;
}

export interface FileRow {
  /** `mxc://server/id` */
  readonly mxc: string;
  readonly mediaId: string;
  /** In the archive. */
  readonly path: string;
  /** As it was uploaded. */
  readonly name: string | null;
  readonly type: string | null;
  /** As the list has it. */
  readonly size: number | null;
  /** Epoch ms. */
  readonly uploadedAt: number | null;
  /** Why it is not even asked for. */
  readonly refused: Text | null;
}

export interface FileResult extends FileRow {
  /** In the archive; null: it is not. */
  readonly bytes: number | null;
  readonly reason: Text;
}

/** Where the archive is from. */
export interface Source {
  readonly userId: string;
  readonly baseUrl: string;
  readonly version: string;
  readonly mas: boolean;
  readonly readBy: string;
  /** Epoch ms. */
  readonly startedAt: number;
}

export interface Archive extends Source {
  readonly parts: readonly PartResult[];
  /** Null: nobody asked for the files. */
  readonly files: readonly FileResult[] | null;
  readonly endedAt: number;
}

/** An archive that was written. */
export interface Saved extends Archive {
  readonly fileName: string;
  readonly bytes: number;
}

/** Why a link preview is not asked for. */
export const OF_LINK = /*i18n*/ {
  id: 'data-request.of-link',
  message: 'Not an upload: it belongs to the preview of a link.',
};

/** All that was asked for is in it. A link preview is nothing that the user uploaded. */
export const isComplete = ({ parts, files }: Archive): boolean =>
  parts.every(({ state }) => state === 'read' || state === 'left-out') &&
  (files ?? []).every(({ bytes, refused }) => bytes !== null || refused === OF_LINK);

export const fileOfPart = (id: DataPart): string => `${id}.json`;
