import classes from './SignInPage.module.css';

/** Where a token comes from, and what makes an account an admin's. */
export function Guide() {
  return (
    <section aria-labelledby="glia-guide" className={classes.guide}>
      <h2 id="glia-guide" className={classes.heading}>
        Where to find them
      </h2>
      <dl>
        <dt>The token</dt>
        <dd>
          Sign in to Element with an admin’s account and copy it, with the homeserver’s URL, from <b>All settings</b> →{' '}
          <b>Help &amp; About</b> → <b>Advanced</b>; signing out there ends it.
        </dd>
        <dt>An admin’s account</dt>
        <dd>
          <code>register_new_matrix_user --admin</code> on the server makes one, and an admin makes another account one
          with <code>PUT /_synapse/admin/v1/users/&lt;id&gt;/admin</code>.
        </dd>
        <dt>With Matrix Authentication Service</dt>
        <dd>
          The token needs the scope <code>urn:synapse:admin:*</code>, which{' '}
          <code>mas-cli manage issue-compatibility-token --yes-i-want-to-grant-synapse-admin-privileges</code> gives.
        </dd>
      </dl>
    </section>
  );
}
