import '@mantine/core/styles.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { createQueryClient } from '~/data/query-client';
import { createAppRouter } from './router';

/** Everything behind the sign-in. Its caches live and die with the account it was opened for. */
export function Console() {
  const [client] = useState(createQueryClient);
  const [router] = useState(createAppRouter);
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
