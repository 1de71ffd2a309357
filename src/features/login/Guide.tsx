import { Trans } from '@lingui/react/macro';
import classes from './SignInPage.module.css';

const CREATE_ADMIN = 'register_new_matrix_user --admin';
const MAKE_ADMIN = 'PUT /_synapse/admin/v1/users/<id>/admin';
const SCOPE = 'urn:synapse:admin:*';
const ISSUE_TOKEN = String.raw`mas-cli manage issue-compatibility-token --yes-i-want-to-grant-synapse-admin-privileges`;

/** Where a token comes from, and what makes an account an admin's. */
export function Guide() {
  return (
    <section aria-labelledby="glia-guide" className={classes.guide}>
      <h2 id="glia-guide" className={classes.heading}>
        <Trans>How to get a token</Trans>
      </h2>
      <dl>
        <dt>
          <Trans>From Element</Trans>
        </dt>
        <dd>
          <Trans>
            Sign in to Element with an admin account. The access token and the homeserver URL are in <b>All settings</b>{' '}
            → <b>Help &amp; About</b> → <b>Advanced</b>. The token stops working when you sign out there.
          </Trans>
        </dd>
        <dt>
          <Trans>No admin account yet?</Trans>
        </dt>
        <dd>
          <Trans>
            Create one on the server with <code>{CREATE_ADMIN}</code>, or have another admin send{' '}
            <code>{MAKE_ADMIN}</code>.
          </Trans>
        </dd>
        <dt>
          <Trans>With Matrix Authentication Service (MAS)</Trans>
        </dt>
        <dd>
          <Trans>
            The token needs the scope <code>{SCOPE}</code>. This command creates one: <code>{ISSUE_TOKEN}</code>
          </Trans>
        </dd>
      </dl>
    </section>
  );
}
