import { describe, expect, it } from 'vitest';
import { masNameFrom } from './mas-things';

describe('the name of an account at MAS', () => {
  it('is read from a user ID of this homeserver, or is what was typed', () => {
    expect(masNameFrom('@anna:example.org', 'example.org')).toBe('anna');
    expect(masNameFrom('@anna', 'example.org')).toBe('anna');
    expect(masNameFrom('anna', 'example.org')).toBe('anna');
    expect(masNameFrom('@anna:example.org:8448', 'example.org:8448')).toBe('anna');
  });

  it('is never that of somebody here who has the same name as a user of another homeserver', () => {
    expect(() => masNameFrom('@anna:other.org', 'example.org')).toThrow('@anna:other.org');
  });
});
