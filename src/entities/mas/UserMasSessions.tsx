import { useState } from 'react';
import { USUAL_MAS_SESSIONS } from '~/data/mas-sessions';
import { MasSessions } from './MasSessions';

/** What signs one user in at MAS. */
export function UserMasSessions({ userId }: { userId: string }) {
  const [state, setState] = useState(USUAL_MAS_SESSIONS);
  return (
    <MasSessions state={state} onChange={(patch) => setState((before) => ({ ...before, ...patch }))} userId={userId} />
  );
}
