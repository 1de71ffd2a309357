import { Suspense, type ReactNode } from 'react';
import { ErrorBoundary } from '~/ui/ErrorBoundary';

/** Loaded when needed; where it can't be, signing in works without. */
export function Optional({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary fallback={() => null}>
      <Suspense fallback={null}>{children}</Suspense>
    </ErrorBoundary>
  );
}
