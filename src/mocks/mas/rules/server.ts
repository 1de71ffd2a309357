import { adminRoute, masOk, type MasCall } from '../call';

/** `admin/v1/{version,site_config}.rs`: bare objects. */
function siteConfig({ mas, state: { config } }: MasCall) {
  const { registration_token_required: isTokenRequired, password_registration_email_required: isEmailRequired } =
    config;
  return masOk({
    server_name: mas.homeserver.serverName,
    password_login_enabled: config.password_login_enabled,
    password_registration_enabled: config.password_registration_enabled,
    ...(mas.atLeast('1.4') && { password_registration_email_required: isEmailRequired }),
    ...(mas.atLeast('1.19') && { password_registration_token_required: isTokenRequired }),
    registration_token_required: isTokenRequired,
    email_change_allowed: config.email_change_allowed,
    displayname_change_allowed: config.displayname_change_allowed,
    password_change_allowed: config.password_change_allowed,
    account_recovery_allowed: config.account_recovery_allowed,
    account_deactivation_allowed: config.account_deactivation_allowed,
    captcha_enabled: config.captcha_enabled,
    minimum_password_complexity: config.minimum_password_complexity,
  });
}

export const serverRoutes = [
  adminRoute('/version', { GET: ({ mas }) => masOk({ version: mas.version }) }, '1.4'),
  adminRoute('/site-config', { GET: siteConfig }, '1.3'),
];
