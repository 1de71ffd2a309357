import { keepLanguage } from '~/data/kept-language';
import { speak } from '~/locales/language';

/**
 * From now on, and whenever this browser opens Glia again.
 *
 * @throws where its texts can’t be loaded; the language then stays as it was
 */
export async function chooseLanguage(tag: string): Promise<void> {
  await speak(tag);
  keepLanguage(tag);
}
