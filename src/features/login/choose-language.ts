import { keepLanguage } from '~/data/kept-language';
import { currentLanguage, speak } from '~/locales/language';

/**
 * From now on, and whenever this browser opens Glia again.
 *
 * @throws where its texts can’t be loaded; the language then stays as it was
 */
export async function chooseLanguage(tag: string): Promise<void> {
  await speak(tag);
  // Another one may have been chosen while this one was loaded.
  if (currentLanguage().tag === tag) keepLanguage(tag);
}
