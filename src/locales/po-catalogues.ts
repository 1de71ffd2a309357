import { formatter } from '@lingui/format-po';
import type { Plugin } from 'vite';

/**
 * Lets the app import a PO file as `{ [id]: translation }`: what is translated, in ICU as it stands there. What isn’t is left
 * out, and is then shown in English. (Lingui’s own plugin for Vite needs a native library that npm leaves out on Node 20.)
 */
export function poCatalogues(): Plugin {
  const format = formatter({ lineNumbers: false, origins: false });
  return {
    name: 'po-catalogues',
    async transform(text, file) {
      if (!file.endsWith('.po')) return null;
      const parsed = await format.parse(text, { locale: undefined, sourceLocale: 'en', filename: file });
      const translated = Object.entries(parsed).filter(([, { translation, obsolete }]) => translation && !obsolete);
      const messages = Object.fromEntries(translated.map(([id, { translation }]) => [id, translation]));
      return { code: `export default ${JSON.stringify(messages)}`, map: null, moduleType: 'js' };
    },
  };
}
