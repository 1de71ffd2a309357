/** What MAS tells of itself before anybody signs in (`oauth2/discovery.rs`). It names no admin scope. */
export function masMetadata(baseUrl: string): Record<string, unknown> {
  const issuer = `${baseUrl}/`;
  return {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth2/token`,
    jwks_uri: `${issuer}oauth2/keys.json`,
    registration_endpoint: `${issuer}oauth2/registration`,
    scopes_supported: ['openid', 'email'],
    response_types_supported: ['code', 'id_token', 'code id_token'],
    response_modes_supported: ['form_post', 'query', 'fragment'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    revocation_endpoint: `${issuer}oauth2/revoke`,
    introspection_endpoint: `${issuer}oauth2/introspect`,
    code_challenge_methods_supported: ['plain', 'S256'],
    userinfo_endpoint: `${issuer}oauth2/userinfo`,
    prompt_values_supported: ['login'],
    'org.matrix.matrix-authentication-service.graphql_endpoint': `${issuer}graphql`,
    account_management_uri: `${issuer}account/`,
    account_management_actions_supported: [
      'org.matrix.profile',
      'org.matrix.devices_list',
      'org.matrix.device_view',
      'org.matrix.device_delete',
      'org.matrix.cross_signing_reset',
    ],
  };
}
