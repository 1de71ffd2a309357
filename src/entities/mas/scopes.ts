/** What a token with this scope may do to others. */
export const isAdminScope = (scope: string): boolean => scope === 'urn:mas:admin' || scope === 'urn:synapse:admin:*';
