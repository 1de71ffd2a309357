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
  const cleaned = JSON.stringify(
    value,
    (key, one: unknown) => {
      if (!SECRET.test(key) || typeof one !== 'string' || one === '') return one;
      isCut = true;
      return '';
    },
    2,
  );
  return isCut ? { body: cleaned, isCut } : { body, isCut };
}
