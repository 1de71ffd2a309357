const NAME = 'Glia';

/** A glial cell, the kind that looks after synapses. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" role="img" aria-label={NAME} style={{ flex: 'none' }}>
      <g fill="none" stroke="var(--mantine-primary-color-filled)" strokeWidth="2.4" strokeLinecap="round">
        <path d="M16 16 5 7M16 16l12-7M16 16 6 25M16 16l9 10M16 16V3" />
      </g>
      <circle cx="16" cy="16" r="6.5" fill="var(--mantine-primary-color-filled)" />
      <circle cx="16" cy="16" r="2.6" fill="var(--glia-surface)" />
    </svg>
  );
}
