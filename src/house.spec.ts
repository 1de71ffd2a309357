import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENTRIES } from '~/features/console/catalogue/catalogue';
import { allMasRoutes } from '~/mocks/mas/rules/all';

/** Facts about the repository that hold the architecture, as tests: see the floors in .oxlintrc.json for the rest. */

const root = new URL('..', import.meta.url).pathname;

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((name) => /\.(ts|tsx)$/.test(name));
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const sources = filesBelow('src').filter((file) => !file.endsWith('.spec.ts'));

/** What Glia does in another way, or leaves to the console, and why. */
const NOT_CALLED: Readonly<Record<string, string>> = {
  'GET /v1/search_users/{}': 'answers everyone’s password hash',
  'GET /v1/register': 'the shared secret does not belong in a browser',
  'POST /v1/register': 'the shared secret does not belong in a browser',
  'POST /v1/quarantine_media/{}': 'the older form of room/{}/media/quarantine',
  'DELETE /v1/rooms/{}': 'the v2 form can be followed',
  'POST /v1/purge_history/{}/{}': 'the event stands in the body',
  'GET /v1/users/{}/admin': 'the user itself says so',
  'DELETE /v2/users/{}/devices/{}': 'delete_devices ends one or many',
  'POST /v2/users/{}/devices': 'only bridges need it: in the console',
  'DELETE /v1/users/{}/media': 'takes 100 files unseen: they are listed, and deleted one by one',
  'GET /v1/registration_tokens/{}': 'the list says the same of each',
};

/** Dialogs that change nothing on a homeserver, or name the account by themselves. */
const NAMES_NO_ACCOUNT: readonly string[] = [
  'src/entities/session/AccountDialog.tsx',
  'src/features/console/PasteCurl.tsx',
  'src/features/jobs/DeleteJobs.tsx',
  'src/features/jobs/ExportActivity.tsx',
  'src/features/keys/KeysDialog.tsx',
  'src/features/login/SignInAgain.tsx',
  'src/features/palette/CommandPalette.tsx',
  'src/features/playbooks/Sample.tsx',
  'src/features/rooms/EventContext.tsx',
  'src/features/scan-users/DeleteScan.tsx',
  'src/features/users/ExportUsers.tsx',
  'src/ui/PickDialog.tsx',
  'src/ui/wizard/LeavingReading.tsx',
  'src/ui/wizard/ScriptDialog.tsx',
];

/** Words of Glia alone. */
const KNOWN_WORDS = new Set(['install', 'now', 'was']);

describe('the house', () => {
  it('names the account in every dialog that changes something, and in the review of every wizard', () => {
    const dialogs = sources.filter((file) => /<Modal(?:\.Root)?\b/.test(read(file)));
    const silent = dialogs.filter((file) => !read(file).includes('<ActsAs />'));
    expect(silent.toSorted()).toEqual(NAMES_NO_ACCOUNT);
    expect(read('src/ui/wizard/Review.tsx')).toContain('<ActsAs />');
  });

  it('reaches the demo world only from the doorstep, and only by import()', () => {
    const outside = sources.filter((file) => !file.startsWith('src/mocks/') && !file.startsWith('src/testing/'));
    const mentions = outside.filter((file) => /['"](~|\.{1,2})\/mocks\//.test(read(file)));
    expect(mentions).toEqual(['src/main.tsx']);
    expect(read('src/main.tsx')).not.toMatch(/^import .*mocks\//m);
  });

  it('has one fetch', () => {
    expect(sources.filter((file) => !file.startsWith('src/mocks/') && /(?<![\w.])fetch\(/.test(read(file)))).toEqual([
      'src/api/request.ts',
    ]);
  });

  it('knows each request of the Admin API: it is called, or it is said why not, and where it is then', () => {
    const called = new Set(
      sources
        .filter((file) => file.startsWith('src/api/'))
        .flatMap((file) => read(file).split(/\n(?=(?:export|async|function|const) )/))
        .flatMap((block) => {
          const methods = block.match(/(?<=method: .*)'(?:GET|POST|PUT|DELETE)'/g) ?? [];
          const paths = [...block.matchAll(/path`\/_synapse\/admin([^`]*)`/g)].map(([, path = '']) => path);
          return paths.flatMap((path) => {
            const template = path.replaceAll(/\$\{[^}]*\}/g, '{}');
            // A path alone: it is asked elsewhere.
            if (methods.length === 0 && !/schema|Ask\(/.test(block)) return [`* ${template}`];
            // Which of its methods goes with which of its paths can’t be told.
            if (methods.length > 1 && paths.length > 1) return [`* ${template}`];
            const isRead = methods.length === 0 || block.includes(`lookAsk(path\`/_synapse/admin${path}`);
            return [...methods.map((method) => method.slice(1, -1)), ...(isRead ? ['GET'] : [])].map(
              (method) => `${method} ${template}`,
            );
          });
        }),
    );
    const index = ENTRIES.filter(({ template }) => template.startsWith('/_synapse/admin')).map(
      ({ method, template }) => `${method} ${template.slice('/_synapse/admin'.length).replaceAll(/\{\w+\}/g, '{}')}`,
    );
    // 84 patterns of Synapse 1.163, with each method of each.
    expect([new Set(index).size, index.length]).toEqual([103, 103]);
    const isCalled = (one: string) => called.has(one) || called.has(one.replace(/^\S+/, '*'));
    const missing = index.filter((one) => !isCalled(one));
    expect(missing.filter((one) => NOT_CALLED[one] === undefined)).toEqual([]);
    expect([...called].filter((one) => !one.startsWith('*') && !index.includes(one))).toEqual([]);
  });

  it('has a rule in the model for each request to the Admin API of MAS, and a request for each rule', () => {
    const asked = sources
      .filter((file) => file.startsWith('src/api/mas/'))
      .flatMap((file) => read(file).split(/\n(?=(?:export|async|function|const) )/))
      .flatMap((block) => {
        const method = /removalAsk\(/.test(block) ? 'DELETE' : (/method: '(\w+)'/.exec(block)?.[1] ?? 'GET');
        return [...block.matchAll(/path`\/api\/admin\/v1([^`]*)`/g)].map(
          ([, path = '']) => `${method} ${path.replaceAll(/\$\{[^}]*\}/g, '{}')}`,
        );
      });
    const answered = allMasRoutes.flatMap(({ pattern, rules }) =>
      Object.keys(rules).map((method) => `${method} ${pattern.slice(13).replaceAll(/\{\w+\}/g, '{}')}`),
    );
    expect([...new Set(asked)].toSorted()).toEqual([...new Set(answered)].toSorted());
    expect(
      sources.filter((file) => read(file).includes('/api/admin/v1') && !/^src\/(api\/mas|mocks\/mas\/)/.test(file)),
    ).toEqual(['src/testing/mas-openapi.ts']);
  });

  it('compares versions of Synapse in one table', () => {
    const outside = sources.filter((file) => !/^src\/(mocks\/|lib\/versions|api\/(mas\/)?since)/.test(file));
    expect(outside.filter((file) => /isAtLeast|versionNumbers/.test(read(file)))).toEqual([]);
  });

  it('keeps nothing but the language in localStorage: the token has no way there', () => {
    expect(sources.filter((file) => /localStorage\s*[.[]/.test(read(file)))).toEqual(['src/data/kept-language.ts']);
  });

  /** What holds a value as it came from outside, by the field’s own names. */
  const OUTSIDE =
    '(?:\\w+[.?!]+)*(?:userId|user_id|roomId|room_id|displayname|auth_provider|external_id|provider|canonical_alias|alias|' +
    'upload_name|device_id|display_name|media_id|room_type|user_type|topic|sender|creator|baseUrl|serverReason|errcode)';

  it('shows what came from outside through Outside or Id, never bare in JSX', () => {
    // In JSX an expression has no blanks around it; destructuring has.
    const bare = new RegExp(`(?<![=$(])\\{${OUTSIDE}\\}`, 'g');
    const found = sources
      .filter((file) => file.endsWith('.tsx'))
      .flatMap((file) => (read(file).match(bare) ?? []).map((hit) => `${file}: ${hit}`));
    expect(found).toEqual([]);
  });

  it('puts what came from outside into sentences through isolated, never bare', () => {
    const bare = new RegExp(`\\$\\{${OUTSIDE}\\}`);
    // Scripts and snippets are code, quoted by their own rules.
    const texts = sources.filter((file) => !/^src\/mocks\/|\/script|\/snippets\.ts$|try-out/.test(file));
    const found = texts.flatMap((file) => {
      // A tag (`path`) encodes by itself; keys and URLs hold no words.
      const templates = read(file).match(/(?<![\w`])(?:t|msg)?`(?:[^`\\]|\\.)*`/gs) ?? [];
      const sentences = templates.filter((text) =>
        /[A-Za-z]{2,} |[ ’:][A-Za-z]{2,}/.test(text.replaceAll(/\$\{[^}]*\}/g, '')),
      );
      return sentences.filter((text) => bare.test(text)).map((text) => `${file}: ${text.slice(0, 80)}`);
    });
    expect(found).toEqual([]);
  });

  it('puts words that hold something from outside into Trans as elements: it reads a plain string for marks of its own', () => {
    const found = sources.flatMap((file) => {
      const text = read(file);
      const places = [...text.matchAll(/<Trans>(.*?)<\/Trans>/gs)].flatMap(([, inner = '']) =>
        [...inner.matchAll(/(?<![=$])\{(\w+)\}/g)].map(([, name = '']) => name),
      );
      const plain = places.filter((name) =>
        new RegExp(`const ${name} = (?:isolated\\w*|wordsOf\\w*|shown\\w*)\\(`).test(text),
      );
      return plain.filter((name) => !KNOWN_WORDS.has(name)).map((name) => `${file}: ${name}`);
    });
    expect(found).toEqual([]);
  });

  it('compares no sentences, but for those of the homeserver that have no code', () => {
    // Three words or more, compared or searched for as they read.
    const words = /(?:[!=]==|(?:includes|startsWith|endsWith|indexOf)\()\s*(['"`])[\w’]+ [\w’]+ (?:(?!\1).)*\1/;
    const tested = /\/[^/\n]*[a-z’']+ [a-z’']+ [a-z][^/\n]*\/[a-z]*\.test\(/;
    const found = sources
      .filter((file) => !/^src\/(mocks|testing)\//.test(file))
      .flatMap((file) =>
        read(file)
          .split('\n')
          .map((line) => `${file}: ${line.trim()}`),
      )
      .filter((line) => (words.test(line) || tested.test(line)) && !line.includes('serverReason'));
    expect(found).toEqual([]);
  });

  it('has one meaning for each message, with a place for each of its values', () => {
    const known = new Map<string, string>();
    const marked = /\/\*i18n\*\/ \{\s*id:\s*'([^']+)',\s*message:\s*('(?:[^'\\]|\\.)*'|"[^"]*")/g;
    for (const file of sources) {
      const text = read(file);
      const descriptors = [...text.matchAll(marked)];
      // Each marked one is written out, so that an extractor finds it.
      expect([file, descriptors.length]).toEqual([file, text.split('/*i18n*/').length - 1]);
      for (const [, id = '', message = ''] of descriptors) {
        expect([id, known.get(id) ?? message]).toEqual([id, message]);
        known.set(id, message);
        expect(id).toMatch(/^[a-z-]+(\.[a-z0-9-]+)+$/);
        expect(message.split('{')).toHaveLength(message.split('}').length);
      }
    }
    expect(known.size).toBeGreaterThan(100);
  });

  it('names no file after nothing', () => {
    const empty = /\/(utils?|helpers?|common|types|misc|index)\.(ts|tsx)$/;
    expect(sources.filter((file) => empty.test(file))).toEqual([]);
  });

  it('keeps every file short enough for one sitting', () => {
    const long = [...sources, ...filesBelow('e2e')].filter((file) => read(file).split('\n').length > 400);
    expect(long).toEqual([]);
  });

  it('has a test named after each promise that a job makes', () => {
    const tests = [...filesBelow('src'), ...filesBelow('e2e')].filter((file) =>
      /\.(spec|e2e|synapse)\.tsx?$/.test(file),
    );
    const titles = tests.flatMap((file) => read(file).match(/(?<=['`])promises? \d[^:'`]*/g) ?? []);
    const named = new Set(titles.flatMap((title) => title.match(/\d+/g)?.map(Number) ?? []));
    const promises = Array.from({ length: 13 }, (_, index) => index + 1);
    expect(promises.filter((promise) => !named.has(promise))).toEqual([]);
    // As the README numbers them.
    expect(read('README.md').match(/^13\. /m)).not.toBeNull();
  });

  it('tries out every action: each has a world for the promise suite, and no world is left over', async () => {
    const { allActions } = await import('~/actions/all');
    const { ACTION_WORLDS } = await import('~/testing/action-worlds');
    expect(Object.keys(ACTION_WORLDS).toSorted()).toEqual(
      // What only MAS has: `actions/mas/promises.spec.ts`.
      allActions
        .filter(({ at }) => at !== 'mas')
        .map(({ kind }) => kind)
        .toSorted(),
    );
  });

  it('has at top level only what was agreed', () => {
    const agreed = [
      'LICENSE',
      'README.md',
      'e2e',
      'index.html',
      'package-lock.json',
      'package.json',
      'public',
      'src',
      'tsconfig.json',
      'vite.config.ts',
    ];
    const built = new Set(['dist', 'node_modules', 'release', 'test-results']);
    const names = readdirSync(root).filter((name) => !name.startsWith('.') && !built.has(name));
    expect(names.toSorted()).toEqual(agreed.toSorted());
  });
});
