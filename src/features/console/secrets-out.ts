/** What must not be kept of a request: passwords, tokens and keys, wherever they stand in its body. */
const SECRET = /pass(?:word|phrase)?|secret|token|^mac$|^nonce$/i;

/** @returns the body as it may be kept; whether something is missing in it. What is no JSON may hold anything: nothing of it is kept. */
export function withoutSecrets(body: string): { body: string; isCut: boolean } {
  if (body.trim() === '') return { body: '', isCut: false };
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { body: '', isCut: true };
  }
  let isCut = false;
  /** @param isSecret what holds it has such a name: a list of tokens is as secret as one */
  const clean = (one: unknown, isSecret: boolean): unknown => {
    if (Array.isArray(one)) return one.map((each) => clean(each, isSecret));
    if (typeof one === 'object' && one !== null)
      return Object.fromEntries(
        Object.entries(one).map(([key, each]) => [key, clean(each, isSecret || SECRET.test(key))]),
      );
    if (!isSecret || typeof one !== 'string' || one === '') return one;
    isCut = true;
    return '';
  };
  const cleaned = JSON.stringify(clean(value, false), null, 2);
  return isCut ? { body: cleaned, isCut } : { body, isCut };
}

/** The path as it may be kept: a registration token in it, and tokens that were typed into its query, are secrets. */
export function withoutSecretsInPath(path: string): string {
  const [bare = '', ...query] = path.split('?');
  const kept = bare.replace(/(\/registration_tokens\/)(?!new$)[^/]+/, '$1…');
  if (query.length === 0) return kept;
  const parameters = query.join('?').split('&');
  return `${kept}?${parameters.map((one) => (SECRET.test(one.split('=')[0] ?? '') ? `${one.split('=')[0]}=` : one)).join('&')}`;
}
