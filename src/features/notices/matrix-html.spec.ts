import { describe, expect, it } from 'vitest';
import { plainText, readFormatted, type Formatted, type ReadNode } from './matrix-html';

const text = (nodeValue: string): ReadNode => ({ nodeType: 3, nodeName: '#text', nodeValue, childNodes: [] });
const el = (nodeName: string, given: Record<string, string>, ...childNodes: (ReadNode | string)[]): ReadNode => ({
  nodeType: 1,
  nodeName: nodeName.toUpperCase(),
  nodeValue: null,
  childNodes: childNodes.map((child) => (typeof child === 'string' ? text(child) : child)),
  getAttribute: (name) => given[name] ?? null,
});
const read = (...children: (ReadNode | string)[]) => readFormatted(el('body', {}, ...children));
const only = (...children: (ReadNode | string)[]): Formatted | undefined => read(...children).nodes[0];

describe('what passes', () => {
  it('is what the specification lists, with its text', () => {
    expect(read('Good ', el('b', {}, 'evening'), el('br', {})).nodes).toEqual([
      'Good ',
      { tag: 'b', children: ['evening'] },
      { tag: 'br', children: [] },
    ]);
  });

  it.each(['onclick', 'style', 'class', 'id', 'src', 'srcset', 'formaction', 'target'])('is no %s', (name) => {
    for (const tag of ['b', 'a', 'img', 'span', 'code']) {
      expect(Object.keys(only(el(tag, { [name]: 'x' })) ?? {})).not.toContain(name);
      expect(JSON.stringify(only(el(tag, { [name]: 'x' })))).not.toContain('x"');
    }
  });

  it.each([
    'https://example.org/',
    'http://example.org/',
    'mailto:a@example.org',
    'magnet:?xt=1',
    'ftp://example.org/',
  ])('is a link to %s', (href) => {
    expect(only(el('a', { href }, 'x'))).toEqual({ tag: 'a', href, children: ['x'] });
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'blob:https://example.org/1',
    'file:///etc/passwd',
    '/relative',
    '//example.org',
    '#hash',
    '',
  ])('is no link to %j, but its text', (href) => {
    expect(only(el('a', { href }, 'x'))).toEqual({ tag: 'a', children: ['x'] });
  });

  it('is a picture only as its words: nothing is loaded', () => {
    expect(only(el('img', { src: 'https://tracker.example/1.gif', alt: 'A bird' }))).toEqual({
      tag: 'img',
      alt: 'A bird',
      children: [],
    });
  });

  it('is a colour only in the one form that the specification has', () => {
    expect(only(el('span', { 'data-mx-color': '#ff0000', 'data-mx-bg-color': 'url(https://x)' }))).toEqual({
      tag: 'span',
      color: '#ff0000',
      children: [],
    });
    expect(only(el('font', { 'data-mx-color': '#FF0000;x' }, 'a'))).toEqual({ tag: 'span', children: ['a'] });
  });
});

describe('what is left out', () => {
  it.each(['script', 'style', 'iframe', 'svg', 'math', 'template', 'object', 'video', 'noscript', 'mx-reply'])(
    '%s goes with all that stands in it, and is named',
    (name) => {
      expect(read('a', el(name, {}, 'inside', el('b', {}, 'too')), 'b')).toEqual({
        nodes: ['a', 'b'],
        leftOut: [name],
      });
    },
  );

  it.each(['form', 'button', 'marquee', 'center', 'x-custom'])('of %s the text stays', (name) => {
    expect(read(el(name, {}, 'text'))).toEqual({ nodes: ['text'], leftOut: [name] });
  });

  it('is what stands deeper than a hundred elements', () => {
    let deep: ReadNode = el('b', {}, 'bottom');
    for (let index = 0; index < 120; index += 1) deep = el('div', {}, deep);
    const { nodes, leftOut } = read(deep);
    expect(JSON.stringify(nodes)).not.toContain('bottom');
    expect(leftOut).toEqual(['div']);
  });

  it('is no comment and no head that the parser made', () => {
    const comment: ReadNode = { nodeType: 8, nodeName: '#comment', nodeValue: 'x', childNodes: [] };
    expect(read(comment, el('head', {}))).toEqual({ nodes: [], leftOut: [] });
  });
});

it('as plain text has a line for each block, a dash for each item, and the address of each link', () => {
  const { nodes } = read(
    el('h1', {}, 'Tonight'),
    el('p', {}, 'We  update\nat ', el('b', {}, 'ten'), '.'),
    el('ul', {}, el('li', {}, 'No calls'), el('li', {}, el('a', { href: 'https://example.org/' }, 'Status'))),
  );
  expect(plainText(nodes)).toBe('Tonight\n\nWe update at ten.\n\n- No calls\n- Status (https://example.org/)');
});
