import { spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianPackages } from './debian-packages.ts';

const DEPLOY = fileURLToPath(new URL('../../.deploy', import.meta.url));

/** Nobody owns a file here, and nobody is who runs it. */
const ANOTHER_USER = 43_210;

/** How a recipe of `.deploy` is run: with the least around it that its program takes. */
export interface Recipe {
  readonly name: string;
  /** Below which path of the host Glia is then. */
  readonly prefix: '/' | '/admin/';
  /** The encodings that it sends files in. */
  readonly encodings: readonly ('br' | 'gzip')[];
  /** @returns the command, in the order of a shell */
  command(place: Place): Promise<readonly string[]>;
}

export interface Place {
  /** That stands for `/` of a Debian with the web servers. */
  readonly debian: string;
  /** Of this server alone; it may write there. */
  readonly folder: string;
  /** The unpacked release. */
  readonly files: string;
  readonly port: number;
}

/** A recipe as it is, but for where the release is. */
async function recipeIn({ folder, files }: Place, path: string): Promise<string> {
  const text = await readFile(join(DEPLOY, path), 'utf8');
  const to = join(folder, basename(path));
  await writeFile(to, text.replaceAll('/var/www/glia', files));
  return to;
}

const nginx = (file: string, brotli: boolean): Recipe['command'] =>
  async function command(place) {
    const { debian, folder, port } = place;
    let recipe = await recipeIn(place, file);
    if (brotli) {
      const text = (await readFile(recipe, 'utf8')).replaceAll('# brotli_static on', 'brotli_static on');
      recipe = join(folder, 'brotli.conf');
      await writeFile(recipe, text);
    }
    const config = join(folder, 'nginx.conf');
    await writeFile(
      config,
      `${brotli ? `load_module ${debian}/usr/lib/nginx/modules/ngx_http_brotli_static_module.so;` : ''}
      daemon off;
      pid ${folder}/nginx.pid;
      events {}
      http {
        include ${debian}/etc/nginx/mime.types;
        access_log off;
        ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}
        server {
          listen 127.0.0.1:${port};
          include ${recipe};
        }
      }`,
    );
    return [join(debian, 'usr/sbin/nginx'), '-e', 'stderr', '-p', folder, '-c', config];
  };

const caddy = (file: string): Recipe['command'] =>
  async function command(place) {
    const { debian, folder, port } = place;
    const recipe = await recipeIn(place, file);
    await recipeIn(place, 'caddy/at-root.Caddyfile');
    const config = join(folder, 'Caddyfile');
    await writeFile(config, `{\n\tadmin off\n\tauto_https off\n}\nhttp://127.0.0.1:${port} {\n\timport ${recipe}\n}\n`);
    return [join(debian, 'usr/bin/caddy'), 'run', '--config', config, '--adapter', 'caddyfile'];
  };

const MODULES = ['mpm_event', 'authz_core', 'alias', 'dir', 'mime', 'headers', 'deflate', 'filter'];

const apache = (file: string): Recipe['command'] =>
  async function command(place) {
    const { debian, folder, port } = place;
    const recipe = await recipeIn(place, file);
    const config = join(folder, 'apache.conf');
    await mkdir(join(folder, 'empty'));
    await writeFile(
      config,
      `ServerName localhost
      ServerRoot ${folder}
      PidFile ${folder}/apache.pid
      DefaultRuntimeDir ${folder}
      Listen 127.0.0.1:${port}
      ErrorLog ${folder}/error.log
      ${MODULES.map((name) => `LoadModule ${name}_module ${debian}/usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
      TypesConfig /dev/null
      AddType text/html .html
      AddType text/css .css
      AddType image/svg+xml .svg
      DocumentRoot ${folder}/empty
      <VirtualHost *>
        Include ${recipe}
      </VirtualHost>`,
    );
    const libraries = `LD_LIBRARY_PATH=${debian}/usr/lib/x86_64-linux-gnu:${debian}/usr/lib/aarch64-linux-gnu`;
    return ['env', libraries, join(debian, 'usr/sbin/apache2'), '-X', '-f', config];
  };

/** What the image runs, on another port: a test may not have 8080 to itself. */
async function container(place: Place): Promise<readonly string[]> {
  const { debian, folder, files, port } = place;
  const image = await readFile(join(DEPLOY, 'Dockerfile'), 'utf8');
  const root = /^ENV .*\bGLIA_ROOT=(\S+)/m.exec(image)?.[1];
  const copiedTo = /^COPY --from=build \S+ (\S+)$/m.exec(image)?.[1];
  if (root === undefined || root !== copiedTo)
    throw new Error(`The image serves ${root}, and has Glia in ${copiedTo}.`);
  // As they are, so that nothing but the image's own variable says where Glia is.
  await copyFile(join(DEPLOY, 'caddy/at-root.Caddyfile'), join(folder, 'at-root.Caddyfile'));
  const config = join(folder, 'container.Caddyfile');
  const recipe = await readFile(join(DEPLOY, 'caddy/container.Caddyfile'), 'utf8');
  await writeFile(config, recipe.replace(':8080', `:${port}`));
  // The capability that Debian’s file has would not be given to another user without rights; in the image it is taken off.
  await copyFile(join(debian, 'usr/bin/caddy'), join(folder, 'caddy'));
  const run = [join(folder, 'caddy'), 'run', '--config', config, '--adapter', 'caddyfile'];
  return ['env', '-i', 'HOME=/nonexistent', `GLIA_ROOT=${files}`, ...run];
}

export const recipes: readonly Recipe[] = [
  { name: 'nginx', prefix: '/', encodings: ['gzip'], command: nginx('nginx/at-root.conf', false) },
  { name: 'nginx', prefix: '/admin/', encodings: ['gzip'], command: nginx('nginx/at-admin.conf', false) },
  {
    name: 'nginx with brotli',
    prefix: '/admin/',
    encodings: ['br', 'gzip'],
    command: nginx('nginx/at-admin.conf', true),
  },
  { name: 'Caddy', prefix: '/', encodings: ['br', 'gzip'], command: caddy('caddy/at-root.Caddyfile') },
  { name: 'Caddy', prefix: '/admin/', encodings: ['br', 'gzip'], command: caddy('caddy/at-admin.Caddyfile') },
  { name: 'Apache', prefix: '/', encodings: ['gzip'], command: apache('apache/at-root.conf') },
  { name: 'Apache', prefix: '/admin/', encodings: ['gzip'], command: apache('apache/at-admin.conf') },
  { name: 'the image’s server', prefix: '/', encodings: ['br', 'gzip'], command: container },
];

/** One that nobody listens on at this moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => {
    server.close(done);
  });
  return port;
}

export interface Running {
  readonly url: string;
  readonly port: number;
  readonly user: number | null;
  stop(): Promise<void>;
}

/**
 * Starts it as a user who owns nothing but a folder for what a web server has to write. Not root: as oneself.
 * @param files the unpacked release, readable by all
 */
export async function start(recipe: Recipe, files: string): Promise<Running> {
  const debian = await debianPackages();
  const folder = await mkdtemp(join(tmpdir(), 'glia-web-'));
  const port = await freePort();
  const command = await recipe.command({ debian, folder, files, port });
  const isRoot = process.getuid?.() === 0;
  const asUser = ['setpriv', `--reuid=${ANOTHER_USER}`, `--regid=${ANOTHER_USER}`, '--clear-groups', '--no-new-privs'];
  // What is written there is the server’s; the release and the recipe are not.
  await chmod(folder, recipe.name.startsWith('the image') ? 0o755 : 0o777);
  const [program = '', ...args] = isRoot ? [...asUser, ...command] : command;
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
    child.on('error', () => resolve());
  });
  const url = `http://127.0.0.1:${port}${recipe.prefix}`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) break;
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`${recipe.name} does not serve ${url} (${answer?.status ?? 'no answer'}): ${said}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  return {
    url,
    port,
    user: isRoot ? ANOTHER_USER : null,
    async stop() {
      child.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
