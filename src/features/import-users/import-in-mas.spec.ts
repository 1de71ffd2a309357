import { expect, it } from 'vitest';
import { accountsJob } from '~/actions/account-job';
import { AccountSecrets, passwordsOf } from '~/actions/account-passwords';
import type { Session } from '~/data/session';
import { english } from '~/lib/english';
import { atOnce } from '~/lib/in-turns';
import { readTable } from '~/lib/table-csv';
import { guessMapping } from '~/lib/user-columns';
import { accountsIn } from '~/lib/user-table';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import type { MockMas } from '~/mocks/mas/mas';
import { groundOf } from '~/testing/actions';
import { modelForEach } from '~/testing/model-for-each';
import { planMade, runToTheEnd } from '~/testing/signed-in';
import { addAccount, masOf, withMas } from '~/testing/worlds/mas';
import { makerOf, unusedIn, usedMapping, type Choice } from './choice';
import { beginImport, type Planned } from './scan';

/** Users out of a file where Matrix Authentication Service makes the accounts. */

let model: MockHomeserver;
let mas: MockMas;
let session: Session;
modelForEach(
  (made, signedIn) => {
    model = made;
    mas = masOf(made);
    session = signedIn;
  },
  false,
  () => withMas(),
);

async function planned(text: string, choice: Partial<Choice> = {}, as = session): Promise<Planned> {
  const table = await readTable(text, { spanLines: 10 });
  const maker = makerOf(as);
  const { mapping } = guessMapping(table);
  const accounts = atOnce(accountsIn(table, usedMapping(mapping, maker), model.serverName, true));
  const wanted = { mode: 'both' as const, passwords: 'none' as const, weak: false, ...choice };
  return planMade<Planned>((making) =>
    beginImport(as, accounts, { ...wanted, unused: unusedIn(mapping, maker) }, making),
  );
}

const verdicts = ({ rows }: Planned) =>
  rows.map(({ line, verdict, reason }) => `${line} ${verdict}${reason === '' ? '' : `: ${english(reason)}`}`);

async function run({ rows, given }: Planned) {
  const ground = groundOf(model);
  const passwords = passwordsOf(ground, new AccountSecrets(given), () => undefined);
  const items = rows.flatMap(({ item }) => item ?? []);
  return runToTheEnd(model, accountsJob({ kind: 'import-users', items }, ground, passwords), () => undefined);
}

const emails = () => [...mas.state.emails.values()].map(({ email }) => email);

it('plans new accounts by reading only, makes them in MAS, and the same file again does nothing', async () => {
  const file =
    'user,displayname,email,admin,locked,password\nanna,Anna A.,a@x.org,yes,,correct horse 1\nben,Ben B.,,no,yes,correct horse 2\n';
  model.log.clear();
  const plan = await planned(file);
  expect(model.log.writes()).toEqual([]);
  expect(verdicts(plan)).toEqual(['2 will', '3 will']);
  const rows = await run(plan);
  expect(rows.map(({ status }) => status)).toEqual(['done', 'done']);
  expect(mas.state.userNamed('anna')).toMatchObject({ admin: true, locked_at: null, password: 'correct horse 1' });
  expect(mas.state.userNamed('ben')?.locked_at).not.toBeNull();
  expect(emails()).toEqual(['a@x.org']);
  expect(model.state.users.get(`@anna:${model.serverName}`)?.displayname).toBe('Anna A.');
  const again = await planned(file);
  expect(again.rows.map(({ verdict }) => verdict)).toEqual(['nothing', 'nothing']);
});

it('names the columns that are not used, and makes no problem of their cells', async () => {
  const plan = await planned('user,phone,external_ids\nanna,+44 7700 900123,oidc-x:7\n');
  expect(plan.notes.map(english)).toEqual([
    'Columns of the file that are not used, because MAS manages the accounts here: Phone numbers, External IDs (provider:id).',
  ]);
  expect(plan.rows[0]?.item?.goal).toEqual({});
});

it('changes only the name and the type of an account that exists, and says what stays', async () => {
  addAccount(model, { localpart: 'anna' });
  const plan = await planned('user,displayname,admin,email\nanna,Anna A.,yes,a@x.org\n');
  expect(verdicts(plan)).toEqual([expect.stringContaining('2 will: MAS keeps the email addresses, admin rights')]);
  expect(plan.rows[0]?.item).toMatchObject({ op: 'update', goal: { displayname: 'Anna A.' } });
  const same = await planned('user,admin\nanna,yes\n');
  expect(verdicts(same)).toEqual([expect.stringContaining('2 nothing: MAS keeps')]);
});

it('takes no username that only MAS has, and no address that MAS has', async () => {
  addAccount(model, { localpart: 'holder', threepids: [email('h@x.org')] });
  addAccount(model, 'stranded');
  model.state.users.delete(`@stranded:${model.serverName}`);
  // MAS has not passed it on.
  const holder = model.state.users.get(`@holder:${model.serverName}`);
  if (holder) holder.threepids = [];
  const plan = await planned('user,email\nstranded,\nanna,h@x.org\n');
  expect(verdicts(plan)).toEqual([
    expect.stringContaining('2 cannot: MAS has an account with this username, which Synapse doesn’t know.'),
    `3 cannot: h@x.org belongs to @holder:${model.serverName}.`,
  ]);
});

it('never takes a username that MAS was not asked about for a free one', async () => {
  model.faults.next({ match: /GET .*\/by-username\//, answer: '413', times: 1000 });
  const plan = await planMade<Planned>((making) => {
    const row = { id: `@anna:${model.serverName}`, line: 2 };
    const table = { rows: [row], problems: [], skipped: [], notes: [], waiting: 0, example: null };
    const choice = { mode: 'both', passwords: 'none', weak: false, unused: [] } as const;
    beginImport(session, table, choice, {
      ...making,
      read(job, stage, next) {
        making.read(job, stage, next);
        job.subscribe(() => job.getSnapshot().state.phase === 'paused' && job.stop());
        const goOn = async () => {
          await job.settled();
          next();
        };
        void goOn();
      },
    });
  });
  expect(verdicts(plan)[0]).toContain('2 cannot: Could not be looked up');
});

it('gives no passwords where MAS has them switched off, and says so', async () => {
  mas.state.config.password_login_enabled = false;
  const plan = await planned('user,password\nanna,correct horse 1\nben,\n', { passwords: 'made' });
  expect(plan.notes.map(english)).toEqual([expect.stringContaining('switched off in MAS')]);
  expect(verdicts(plan)).toEqual([expect.stringContaining('2 will: The password in the file is ignored'), '3 will']);
  expect(plan.rows.map(({ item }) => item?.password)).toEqual([undefined, undefined]);
});

it('asks MAS to take weak passwords of the file only where the admin said so', async () => {
  const file = 'user,password\nanna,password1\n';
  expect((await planned(file)).rows[0]?.item?.weak).toBeUndefined();
  const rows = await run(await planned(file, { weak: true }));
  expect(rows[0]?.status).toBe('done');
  expect(mas.state.userNamed('anna')?.password).toBe('password1');
});

it('makes no account where Glia may not ask MAS', async () => {
  const { mas: _, ...homeserver } = session.homeserver;
  const plan = await planned('user,displayname\nanna,Anna\n', {}, { ...session, homeserver });
  expect(verdicts(plan)).toEqual([expect.stringContaining('only MAS can create accounts')]);
});

it('leaves a bridge’s ghost to Synapse: it exists there', async () => {
  addUser(model, { localpart: 'bridge_x', appservice_id: 'bridge' });
  const plan = await planned('user,displayname\nbridge_x,Ghost\n', { mode: 'create' });
  expect(verdicts(plan)).toEqual(['2 cannot: The account exists already.']);
});

const email = (address: string) => ({ medium: 'email' as const, address, validated_at: 1, added_at: 1 });
