import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { metadataSchema } from './oauth-metadata';

const OF_MAS = {
  issuer: 'https://example.org/',
  authorization_endpoint: 'https://auth.example.org/authorize',
  token_endpoint: 'https://auth.example.org/oauth2/token',
  registration_endpoint: 'https://auth.example.org/oauth2/registration',
  revocation_endpoint: 'https://auth.example.org/oauth2/revoke',
  'org.matrix.matrix-authentication-service.graphql_endpoint': 'https://auth.example.org/graphql',
};

describe('what a homeserver says of MAS', () => {
  it('is taken where the issuer is on another host than the endpoints, as MAS allows', () => {
    expect(z.safeParse(metadataSchema, OF_MAS).success).toBe(true);
  });

  it.each(['token_endpoint', 'registration_endpoint', 'revocation_endpoint', 'authorization_endpoint'])(
    'is not taken where %s is at another server than the rest: it would get what the others give',
    (name) => {
      const mixed = { ...OF_MAS, [name]: 'https://evil.example/here' };
      expect(z.safeParse(metadataSchema, mixed).success).toBe(false);
    },
  );
});
