import { Outside } from '~/ui/Outside';

/** Scopes, or the like: each on a line of its own. */
export function Several({ ids }: { ids: readonly string[] }) {
  return (
    <div style={{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start', minWidth: 0 }}>
      {ids.map((id) => (
        <Outside key={id} as="id" text={id} longest={80} />
      ))}
    </div>
  );
}
