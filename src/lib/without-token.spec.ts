import { describe, expect, it } from 'vitest';
import { REMOVED, withoutToken } from './without-token';

const TOKEN = 'syt_YWRtaW4_dUmMyToKeN+with/slash==_0aB1cD';
const { text, json } = withoutToken(TOKEN);

const htmlEscaped = TOKEN.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;').replaceAll('=', '&#61;');
const gsonEscaped = TOKEN.replaceAll('=', String.raw`\u003d`).replaceAll('+', String.raw`\u002B`);

const hexOf = (text: string) => Array.from(text, (one) => one.charCodeAt(0).toString(16).padStart(2, '0'));

describe('the access token in a text from outside', () => {
  it.each([
    ['as it is', TOKEN],
    ['as the header had it', `Authorization: Bearer ${TOKEN}`],
    ['percent-encoded', encodeURIComponent(TOKEN)],
    ['percent-encoded in lower case', encodeURIComponent(TOKEN).toLowerCase()],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(TOKEN))],
    ['as HTML', `<td>${htmlEscaped}</td>`],
    ['as PHP writes it in JSON', `"${TOKEN.replaceAll('/', String.raw`\/`)}"`],
    ['as Gson writes it in JSON', gsonEscaped],
    ['in base64', btoa(TOKEN)],
    ['the header in base64', btoa(`Bearer ${TOKEN}`)],
    ['in base64 after one character', btoa(`:${TOKEN}`)],
    ['in base64 after two characters', btoa(`u:${TOKEN}`)],
    ['in base64 for URLs', btoa(TOKEN).replaceAll('+', '-').replaceAll('/', '_')],
    ['in hex', hexOf(TOKEN).join('')],
    ['in hex as a dump', hexOf(TOKEN).join(' ').toUpperCase()],
    ['with each letter percent-encoded', `%${hexOf(TOKEN).join('%')}`],
    ['with each letter as an entity', Array.from(TOKEN, (one) => `&#${one.charCodeAt(0)};`).join('')],
    [
      'with each letter as an escape of JSON',
      hexOf(TOKEN)
        .map((hex) => String.raw`\u00${hex}`)
        .join(''),
    ],
    ['broken by a tag', `${TOKEN.slice(0, 20)}<wbr>${TOKEN.slice(20)}`],
    ['broken early, by a tag', `${TOKEN.slice(0, 7)}<span class="x">${TOKEN.slice(7)}</span>`],
    ['broken and cut short', `${TOKEN.slice(0, 20)} ${TOKEN.slice(20, 34)}`],
    ['in capitals', TOKEN.toUpperCase()],
    ['cut short', TOKEN.slice(0, 30)],
    ['cut short as HTML', htmlEscaped.slice(0, 45)],
  ])('is taken out: %s', (_how, said) => {
    const left = text(`before ${said} after`);
    expect(left).toContain(REMOVED);
    expect(left).toMatch(/^before .*after$/);
    for (const part of ['YWRtaW4', 'dUmMyToKeN', 'slash', '0aB1cD']) {
      expect(left.toLowerCase()).not.toContain(part.toLowerCase());
    }
    expect(left).not.toContain(btoa(TOKEN).slice(12, 24));
  });

  it('is taken out of the keys and values of JSON, and nothing else is changed', () => {
    const value = { a: [1, null, true, { [TOKEN]: `x ${TOKEN}` }], b: '' };
    expect(json(value, JSON.stringify(value))).toEqual({ a: [1, null, true, { [REMOVED]: `x ${REMOVED}` }], b: '' });
    const clean = { a: ['syt_', 'Bearer'] };
    expect(json(clean, JSON.stringify(clean))).toBe(clean);
  });

  it('is taken out where two lines share it', () => {
    expect(text(`a ${TOKEN.slice(0, 20)}\r\n  ${TOKEN.slice(20)} b`)).toBe(`a ${REMOVED} b`);
  });

  it.each([
    ['one escape', TOKEN.replace('_', String.raw`\u005f`)],
    ['an escaped letter', TOKEN.replace('s', String.raw`\u0073`)],
    ['percent-encoded, in JSON', TOKEN.replaceAll('_', '%5F')],
    ['in capitals', TOKEN.toUpperCase()],
    ['in small letters', TOKEN.toLowerCase()],
    ['as HTML', TOKEN.replaceAll('_', '&#95;')],
    ['in hex', hexOf(TOKEN).join('')],
    ['broken by a line end', `${TOKEN.slice(0, 9)}\\n${TOKEN.slice(9)}`],
  ])('is taken out of JSON that has it otherwise: %s', (_how, said) => {
    const source = `{"a":"${said}","b":["${said}"]}`;
    expect(json(JSON.parse(source), source)).toEqual({ a: REMOVED, b: [REMOVED] });
  });

  it('is not looked for where there is none, or where it could be an ordinary word', () => {
    expect(withoutToken(undefined).text('a secret b')).toBe('a secret b');
    expect(withoutToken('secret').text('a secret b')).toBe('a secret b');
  });
});
