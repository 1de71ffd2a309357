import { lazy, Suspense } from 'react';
import { withWords } from '~/locales/language';
import { NAVIGATION } from './navigation';

const Keys = lazy(async () => ({ default: (await withWords('keys', import('~/features/keys/Keys'))).Keys }));

const SCREENS = NAVIGATION.flatMap(({ screens }) => screens);

/** Keys for every page behind the sign-in. Their code comes when that is done. */
export function Shortcuts() {
  return (
    <Suspense fallback={null}>
      <Keys screens={SCREENS} />
    </Suspense>
  );
}
