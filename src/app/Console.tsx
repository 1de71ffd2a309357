import '@mantine/core/styles.css';
import { useLingui } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { createQueryClient } from '~/data/query-client';
import { watchShown } from '~/data/account-memory';
import { useSessionState } from '~/data/session';
import { useFreshAfterJobs } from '~/job-store/use-fresh-after-jobs';
import { headingTo } from '~/ui/heading-to';
import '~/data/seen-requests';
import './account-notices';
import './job-kinds';
import { createAppRouter } from './router';
import { addressOnSwitch } from './address-on-switch';

// Before anything is drawn for the other account.
watchShown(addressOnSwitch);

function FreshAfterJobs() {
  useFreshAfterJobs();
  return null;
}

type Router = ReturnType<typeof createAppRouter>;
const routers = new Set<Router>();

/** Those of accounts that were shown before: they would go on following the address, and lead it to where they were going. */
function leaveOthers(router: Router): void {
  for (const other of routers) {
    if (other === router) continue;
    other.navigate = () => Promise.resolve();
    other.dispose();
  }
  routers.clear();
  routers.add(router);
}

function tellHeading({ state, subscribe }: Pick<Router, 'state' | 'subscribe'>): () => void {
  const tell = ({ navigation, location }: Router['state']) => headingTo.set((navigation.location ?? location).pathname);
  tell(state);
  return subscribe(tell);
}

/** Everything behind the sign-in. Its caches live and die with the account it was opened for. */
export function Console() {
  const [client] = useState(createQueryClient);
  const [router] = useState(createAppRouter);
  useEffect(() => leaveOthers(router), [router]);
  useEffect(() => tellHeading(router), [router]);
  const { status } = useSessionState();
  const { i18n } = useLingui();
  const wasExpired = useRef(false);
  // With a new token, what failed for want of one is read again. In an effect: by then each page asks with the new one.
  useEffect(() => {
    if (status === 'signed-in' && wasExpired.current) void client.invalidateQueries();
    wasExpired.current = status === 'expired';
  }, [status, client]);
  return (
    <QueryClientProvider client={client}>
      <FreshAfterJobs />
      {/* In another language each page is made anew: words may have been made anywhere in it. What was read stays. */}
      <RouterProvider key={i18n.locale} router={router} />
    </QueryClientProvider>
  );
}
