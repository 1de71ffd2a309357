import type { MockHomeserver } from './homeserver';

/** For specs: a homeserver that is at some requests for longer than anybody waits, and still carries them out. */
export class LateLanding {
  readonly #model: MockHomeserver;
  readonly #fits: RegExp;
  readonly #underway: Request[] = [];
  #hasLanded = false;

  /** @param fits tested against `METHOD URL` */
  constructor(model: MockHomeserver, fits: RegExp) {
    this.#model = model;
    this.#fits = fits;
  }

  /** In the place of `fetch`: what fits gets no answer. */
  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const request = new Request(url, init);
    if (this.#hasLanded || !this.#fits.test(`${request.method} ${request.url}`)) return this.#model.handle(request);
    this.#underway.push(request);
    throw new TypeError('Failed to fetch');
  };

  /** The homeserver does them, in order. From now on it is as quick as ever. */
  async land(): Promise<void> {
    this.#hasLanded = true;
    for (const request of this.#underway.splice(0)) await this.#model.handle(request);
  }
}
