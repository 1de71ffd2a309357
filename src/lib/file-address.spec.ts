import { describe, expect, it } from 'vitest';
import { fileNamed } from './file-address';

describe('a file that was pasted', () => {
  it.each([
    'mxc://far.example/AbC-1',
    ' <mxc://far.example/AbC-1>, ',
    'MXC://far.example/AbC-1?width=3',
    'https://hs.example/_matrix/client/v1/media/download/far.example/AbC-1',
    'https://hs.example/_matrix/client/v1/media/download/far.example/AbC-1/holiday%20picture.jpg?timeout_ms=1',
    'https://hs.example/_matrix/client/v1/media/thumbnail/far.example/AbC-1?width=96&height=96&method=crop',
    'https://hs.example/_matrix/media/v3/download/far.example/AbC-1',
    'https://hs.example/_matrix/media/r0/thumbnail/far.example/AbC-1?width=1',
    'https://hs.example/_matrix/client/unstable/org.matrix.msc3916/media/download/far.example/AbC-1',
    'https://hs.example/_synapse/admin/v1/media/far.example/AbC-1',
    'https://hs.example/_synapse/admin/v1/media/quarantine/far.example/AbC-1',
    'GET /_matrix/client/v1/media/download/far.example/AbC-1 HTTP/1.1',
    'https://glia.example/#/media/far.example/AbC-1?tab=activity',
  ])('is found in %s', (text) => {
    expect(fileNamed(text)).toBe('mxc://far.example/AbC-1');
  });

  it('keeps the port of its server, however that was encoded', () => {
    expect(fileNamed('https://hs/_matrix/media/v3/download/far.example%3A8448/a')).toBe('mxc://far.example:8448/a');
    expect(fileNamed('mxc://[::1]:8448/a')).toBe('mxc://[::1]:8448/a');
  });

  it.each([
    '',
    'holiday.jpg',
    'mxc://far.example',
    'mxc://far.example/..',
    'https://matrix.to/#/@anna:far.example',
    'https://hs.example/_matrix/client/v1/media/config',
    'https://hs.example/_matrix/media/v3/upload',
    'https://hs.example/_synapse/admin/v1/media/protect/AbC-1',
    'https://glia.example/#/media?tab=find',
  ])('is not found in “%s”', (text) => {
    expect(fileNamed(text)).toBeNull();
  });
});
