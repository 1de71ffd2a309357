import { t } from '@lingui/core/macro';

/** Of what kind the status of an answer is. */
export type StatusKind = 'good' | 'refused' | 'broken' | 'none';

export function kindOf(status: number | null): StatusKind {
  if (status === null) return 'none';
  return status < 400 ? 'good' : status < 500 ? 'refused' : 'broken';
}

const DOTS: Readonly<Record<StatusKind, string>> = {
  good: 'var(--mantine-color-teal-6)',
  refused: 'var(--mantine-color-orange-6)',
  broken: 'var(--mantine-color-red-6)',
  none: 'var(--mantine-color-gray-5)',
};

export const statusDot = (status: number | null): string => DOTS[kindOf(status)];

export const statusWords = (status: number | null): string => (status === null ? t`No answer` : String(status));
