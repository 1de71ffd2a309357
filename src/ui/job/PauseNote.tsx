import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconKey } from '@tabler/icons-react';
import type { JobSnapshot } from '~/jobs/job';

/** Why a paused job rests, and what the admin can decide. Nothing to say about a pause that was asked for. */
export function PauseNote({ snapshot, signedIn }: { snapshot: JobSnapshot; signedIn: boolean }) {
  const { state, owner } = snapshot;
  if (state.phase !== 'paused') return null;
  if (state.why === 'failures') {
    return (
      <Alert role="alert" color="orange" icon={<IconAlertTriangle aria-hidden />} title="Go on, or stop?">
        <Text size="sm">{state.reason}</Text>
        <Text size="sm" mt={4}>
          Nothing runs until you decide. The ledger below says what went wrong; “Go on” asks again after as many more.
        </Text>
      </Alert>
    );
  }
  if (state.why === 'signed-out' && signedIn) {
    return (
      <Alert role="alert" color="cyan" icon={<IconKey aria-hidden />} title="Signed in again: go on?">
        <Text size="sm">
          The job paused because the access token was lost. Its ledger kept its place; “Go on” uses today’s token.
        </Text>
      </Alert>
    );
  }
  if (state.why === 'signed-out') {
    return (
      <Alert role="alert" color="orange" icon={<IconKey aria-hidden />} title="Signed out">
        <Text size="sm">{state.reason}</Text>
        <Text size="sm" mt={4}>
          {`Sign in as ${owner.userId} on ${owner.baseUrl} to go on. Nothing that was done will be repeated.`}
        </Text>
      </Alert>
    );
  }
  return state.reason === '' ? null : (
    <Alert role="status" color="gray" title="Paused">
      <Text size="sm">{state.reason}</Text>
    </Alert>
  );
}
