import { describe, expect, it } from 'vitest';
import { accountsJob, type AccountItem } from '~/actions/account-job';
import { restrictActions } from '~/actions/restrictions';
import { AccountSecrets, passwordsOf } from '~/actions/account-passwords';
import type { Session } from '~/data/session';
import { aboutUser } from '~/job-store/jobs-on';
import type { Job } from '~/jobs/job';
import { whenOver } from '~/jobs/phase';
import { createJob } from '~/jobs/runner';
import { english } from '~/lib/english';
import { atOnce } from '~/lib/in-turns';
import { readTable } from '~/lib/table-csv';
import { guessMapping } from '~/lib/user-columns';
import { accountsIn } from '~/lib/user-table';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { groundOf } from '~/testing/actions';
import { modelForEach } from '~/testing/model-for-each';
import { planMade, runToTheEnd } from '~/testing/signed-in';
import type { Choice } from './choice';
import { beginImport, type Planned } from './scan';
import { beginUndo, type UndoPlanned } from './undo';

let model: MockHomeserver;
let session: Session;
modelForEach((made, signedIn) => {
  model = made;
  session = signedIn;
});

const id = (name: string) => `@${name}:${model.serverName}`;

async function accountsOf(text: string) {
  const table = await readTable(text, { spanLines: 10 });
  return atOnce(accountsIn(table, guessMapping(table).mapping, model.serverName, true));
}

async function planned(text: string, choice: Partial<Choice> = {}): Promise<Planned> {
  const accounts = await accountsOf(text);
  const wanted = { mode: 'both' as const, passwords: 'none' as const, weak: false, unused: [], ...choice };
  return planMade<Planned>((making) => beginImport(session, accounts, wanted, making));
}

/** “2 will anna” */
const verdicts = ({ rows }: Planned) =>
  rows.map(({ line, verdict, reason }) => `${line} ${verdict}${reason === '' ? '' : `: ${english(reason)}`}`);
const itemsOf = ({ rows }: Planned): AccountItem[] => rows.flatMap(({ item }) => item ?? []);

async function run(items: readonly AccountItem[], given: ReadonlyMap<string, string> = new Map()) {
  const ground = groundOf(model);
  const passwords = passwordsOf(ground, new AccountSecrets(given), () => undefined);
  return runToTheEnd(model, accountsJob({ kind: 'import-users', items }, ground, passwords), () => undefined);
}

const FILE = 'user,displayname,admin\nanna,Anna A.,no\nben,Ben B.,yes\n';

describe('the plan of an import', () => {
  it('makes nobody an admin whom an application service manages, and changes their name', async () => {
    addUser(model, 'slack_anna');
    addUser(model, 'slack_ben');
    restrictActions({ allowed: null, managed: [/^@slack_/] });
    const plan = await planned('user,displayname,admin\nslack_anna,Anna A.,no\nslack_ben,Ben B.,yes\n');
    restrictActions();
    expect(verdicts(plan)).toEqual(['2 will', expect.stringContaining('3 cannot: An application service manages')]);
  });

  it('only reads, and tells who is created and who changes in what', async () => {
    const anna = addUser(model, 'anna');
    model.log.clear();
    const plan = await planned(FILE);
    expect(model.log.writes()).toEqual([]);
    expect(itemsOf(plan)).toEqual([
      {
        op: 'update',
        id: anna.name,
        goal: { displayname: 'Anna A.' },
        planned: { displayname: 'anna' },
        identity: anna.creation_ts,
        line: 2,
      },
      {
        op: 'create',
        id: id('ben'),
        goal: { displayname: 'Ben B.', admin: true },
        planned: null,
        identity: null,
        line: 3,
      },
    ]);
  });

  it.each([
    ['create', ['2 cannot: The account exists already.', '3 will']],
    ['skip', ['2 nothing: Exists already and is left alone.', '3 will']],
    ['update', ['2 will', '3 cannot: There is no account with this ID.']],
    ['both', ['2 will', '3 will']],
  ] as const)('in the mode %s', async (mode, expected) => {
    addUser(model, 'anna');
    expect(verdicts(await planned(FILE, { mode }))).toEqual(expected);
  });

  it('never takes a user who could not be looked up for one who does not exist', async () => {
    addUser(model, 'anna');
    model.faults.next({ match: /GET .*v2\/users\/@anna/, answer: '413', times: 1000 });
    const accounts = await accountsOf(FILE);
    const plan = await planMade<Planned>((making) =>
      beginImport(
        session,
        accounts,
        { mode: 'both', passwords: 'none', weak: false, unused: [] },
        {
          ...making,
          read(job, stage, next) {
            making.read(job, stage, next);
            // The admin continues without what could not be read.
            job.subscribe(() => job.getSnapshot().state.phase === 'paused' && job.stop());
            const goOn = async () => {
              await job.settled();
              next();
            };
            void goOn();
          },
        },
      ),
    );
    expect(verdicts(plan)[0]).toContain('2 cannot: Could not be looked up');
    expect(itemsOf(plan).map((item) => item.id)).toEqual([id('ben')]);
  });

  it('refuses addresses and external IDs of other accounts, and those that two lines of the file have', async () => {
    addUser(model, {
      localpart: 'holder',
      threepids: [{ medium: 'email', address: 'h@example.org', validated_at: 1, added_at: 1 }],
      external_ids: [{ auth_provider: 'oidc-x', external_id: '7' }],
    });
    const plan = await planned(
      'user,email,external_ids\nanna,H@example.org,\nben,,oidc-x:7\ncleo,c@example.org,\ndora,C@example.org,\n',
    );
    expect(verdicts(plan)).toEqual([
      `2 cannot: h@example.org belongs to ${id('holder')}.`,
      `3 cannot: oidc-x: 7 belongs to ${id('holder')}.`,
      '4 will',
      '5 cannot: c@example.org is already on line 4.',
    ]);
  });

  it('plans no account with an ID that no new account can have, and still changes an old one that has it', async () => {
    addUser(model, 'Old');
    const plan = await planned(`user,displayname\n${id('Old')},New name\n${id('Anna')},A\n${id('1234')},B\n`);
    expect(verdicts(plan)).toEqual([
      '2 will',
      '3 cannot: There is no account with this ID. A new user ID can only contain a-z, 0-9 and . _ = - / +',
      '4 cannot: There is no account with this ID. A number alone can’t be a username: Synapse keeps those for guests.',
    ]);
  });

  it('says that a user with nothing else to change is not joined to the rooms of the file', async () => {
    addUser(model, { localpart: 'anna', displayname: 'Anna' });
    const [only] = verdicts(await planned('user,displayname,rooms\nanna,Anna,#lobby:example.org\n'));
    expect(only).toBe(
      '2 nothing: Already as the file says. Nothing changes here, so Glia won’t offer to join the user to the rooms in the file.',
    );
  });

  it('adds addresses and external IDs to those that an account has', async () => {
    addUser(model, {
      localpart: 'anna',
      threepids: [{ medium: 'msisdn', address: '44123456', validated_at: 1, added_at: 1 }],
    });
    const [item] = itemsOf(await planned('user,email\nanna,a@example.org\n'));
    expect(item?.goal.threepids).toEqual([
      { medium: 'msisdn', address: '44123456' },
      { medium: 'email', address: 'a@example.org' },
    ]);
  });

  it('never deactivates, reactivates or locks out whoever imports', async () => {
    addUser(model, 'anna');
    addUser(model, { localpart: 'gone', deactivated: true });
    const plan = await planned(`user,deactivated,admin\nanna,yes,\ngone,no,yes\nnew,true,\n${model.adminId},,no\n`);
    expect(itemsOf(plan)).toEqual([]);
    expect(plan.rows.map(({ verdict }) => verdict)).toEqual(['cannot', 'cannot', 'cannot', 'cannot']);
  });

  it('reads the list of users for a long file, and each user of it again only for what the list does not say', async () => {
    const many = Array.from({ length: 300 }, (_, index) => addUser(model, `user${index}`).name);
    model.log.clear();
    const lines = many.map((name, index) => `${name},Name ${index},${index === 7 ? 'seven@example.org' : ''}\n`);
    const plan = await planned(`user_id,displayname,email\n${lines.join('')}new,New,\n`);
    expect(itemsOf(plan)).toHaveLength(301);
    expect(model.log.count('GET', /\/v3\/users$/)).toBe(1);
    expect(model.log.count('GET', /\/v2\/users\//)).toBe(1);
  });
});

describe('an import', () => {
  it('does what the plan says, and the same file again does nothing', async () => {
    const anna = addUser(model, { localpart: 'anna', user_type: 'bot' });
    const file =
      'user,displayname,admin,locked,email,password\nanna,Anna A.,yes,,a@x.org,\nben,Ben B.,no,yes,,long-enough-1\n';
    const plan = await planned(file);
    const rows = await run(itemsOf(plan), plan.given);
    expect(rows.map(({ status }) => status)).toEqual(['done', 'done']);
    expect(anna).toMatchObject({ displayname: 'Anna A.', admin: true, user_type: 'bot' });
    expect(model.state.users.get(id('ben'))).toMatchObject({ displayname: 'Ben B.', locked: true, admin: false });
    const again = await planned(file);
    expect(again.rows.map(({ verdict }) => verdict)).toEqual(['nothing', 'nothing']);
  });

  it('is found on the page of each user that it creates or changes', async () => {
    addUser(model, 'anna');
    const items = itemsOf(await planned(FILE));
    const { keep } = accountsJob({ kind: 'import-users', items }, groundOf(model), null);
    for (const item of items) {
      const packed = keep?.pack(item) ?? null;
      const { text, isItem } = aboutUser(item.id);
      expect([JSON.stringify(packed).includes(text), isItem(packed)]).toEqual([true, true]);
    }
    expect(items).toHaveLength(2);
  });

  it('leaves alone what changed between plan and run', async () => {
    const anna = addUser(model, 'anna');
    const plan = await planned(FILE);
    anna.displayname = 'By someone else';
    addUser(model, { localpart: 'ben', displayname: 'The real Ben' });
    const rows = await run(itemsOf(plan));
    expect(rows.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    expect(anna.displayname).toBe('By someone else');
    expect(model.state.users.get(id('ben'))?.displayname).toBe('The real Ben');
    expect(model.log.writes()).toEqual([]);
  });
});

async function undo(job: Job, takesDoubtful = false): Promise<UndoPlanned> {
  return planMade<UndoPlanned>((making) => beginUndo(session, job, takesDoubtful, making));
}
async function imported(text: string): Promise<Job> {
  const items = itemsOf(await planned(text));
  const ground = groundOf(model);
  const job = createJob(
    accountsJob(
      { kind: 'import-users', items },
      ground,
      passwordsOf(ground, null, () => undefined),
    ),
  );
  job.start();
  await whenOver(job);
  return job;
}

describe('the undo of an import', () => {
  it('restores exactly the fields that changed, and leaves alone what someone changed since', async () => {
    const anna = addUser(model, { localpart: 'anna', displayname: null, user_type: 'bot' });
    const ben = addUser(model, 'ben');
    const job = await imported('user,displayname,admin,user_type\nanna,Anna A.,yes,\nben,Ben B.,,\nnew,New,,\n');
    ben.displayname = 'By someone else';
    const plan = await undo(job);
    expect(plan.rows.map(({ id: of, verdict }) => [of, verdict])).toEqual([
      [anna.name, 'will'],
      [ben.name, 'cannot'],
    ]);
    const rows = await run(itemsOf({ ...plan, given: new Map() }));
    expect(rows.map(({ status }) => status)).toEqual(['done']);
    expect(anna).toMatchObject({ displayname: null, admin: false, user_type: 'bot' });
    expect(ben.displayname).toBe('By someone else');
    expect(model.state.users.get(id('new'))?.deactivated).toBe(false);
  });
});
