/** The browser and the system of a user agent, as well as it tells: for the name of a session. Both may be unknown. */
export function browserOf(userAgent: string): { browser: string | null; system: string | null } {
  const found = (names: readonly (readonly [string, RegExp])[]) =>
    names.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null;
  return {
    // Most browsers also name those that they want to be taken for: the most special name comes first.
    browser: found([
      ['Edge', /\bEdgA?\//],
      ['Opera', /\bOPR\//],
      ['Firefox', /\b(Firefox|FxiOS)\//],
      ['Chrome', /(Chrome|CriOS)\//],
      ['Safari', /\bSafari\//],
    ]),
    system: found([
      ['Android', /\bAndroid\b/],
      ['iOS', /\b(iPhone|iPad)\b/],
      ['Windows', /\bWindows\b/],
      ['macOS', /\bMac OS X\b/],
      ['Linux', /\bLinux\b/],
    ]),
  };
}

/** As a session is called in lists of sessions: “Glia (Firefox on Linux)”. The same in every language. */
export function deviceName(userAgent: string): string {
  const { browser, system } = browserOf(userAgent);
  const where = [browser, system].filter((name) => name !== null).join(' on ');
  return where === '' ? 'Glia' : `Glia (${where})`;
}
