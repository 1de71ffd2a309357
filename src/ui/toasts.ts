import type { ReactNode } from 'react';
import { createStore } from '~/lib/store';
import type { NoticeTone } from './Notice';

/** What just happened, in a corner of the page: it goes by itself, and what it offers is offered elsewhere too. */

export interface Toast {
  readonly id: number;
  readonly tone: NoticeTone;
  readonly title: ReactNode;
  readonly body?: ReactNode;
  /** At most two: “Undo”, “Open job”. */
  readonly actions?: readonly { readonly label: string; readonly to?: string; readonly onClick?: () => void }[];
}

export const toasts = createStore<readonly Toast[]>([]);
const SHOWN_AT_ONCE = 3;
let lastId = 0;

export function showToast(toast: Omit<Toast, 'id'>): void {
  lastId += 1;
  toasts.set([...toasts.get(), { ...toast, id: lastId }].slice(-SHOWN_AT_ONCE));
}

export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}
