import { describe, expect, it } from 'vitest';
import { MockHomeserver } from './homeserver';
import { answersOf } from './in-page';

const BASE = 'https://demo.example';
const VERSIONS = `${BASE}/_matrix/client/versions`;

describe('a homeserver that lives in the page', () => {
  it('answers as over the network', async () => {
    const model = new MockHomeserver();
    const response = await answersOf(model, BASE)(new Request(VERSIONS));
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveProperty('versions');
    const path = '/_synapse/admin/v2/users/%40a%2Fb%23c%3Ademo.example';
    await answersOf(model, BASE)(new Request(BASE + path));
    expect(model.log.entries.at(-1)?.path).toBe('/_synapse/admin/v2/users/@a/b#c:demo.example');
  });

  it('fails as a connection does where it is cut, before the answer and within', async () => {
    const model = new MockHomeserver();
    model.faults.next({ answer: 'reset-before' });
    await expect(answersOf(model, BASE)(new Request(VERSIONS))).rejects.toThrow(TypeError);
    model.faults.next({ answer: 'cut-short' });
    const response = await answersOf(model, BASE)(new Request(VERSIONS));
    await expect(response.text()).rejects.toThrow('Connection reset');
  });

  it('lets go of who waits no longer, with their own reason', async () => {
    const model = new MockHomeserver();
    const answer = answersOf(model, BASE);
    model.latencyMs = 60_000;
    const controller = new AbortController();
    const waiting = answer(new Request(VERSIONS, { signal: controller.signal }));
    controller.abort(new DOMException('Too late', 'TimeoutError'));
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(answer(new Request(VERSIONS, { signal: controller.signal }))).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});
