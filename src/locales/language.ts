import { i18n, type Messages } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { setLocale } from '~/lib/locale';
import type { Family } from './families';
import { ENGLISH, languageOf, type Language } from './languages';
import { pseudoWords } from './pseudo';

/** The catalogues of all languages but English, whose words stand in the code. Each is a request of its own, made when needed. */
const catalogues = import.meta.glob<{ default: Messages }>(['./*/*.po', '!./en/*.po']);

let current: Language = ENGLISH;
/** Which choice is the last one. */
let turn = 0;
/** Whose screens were opened: another language is complete with the catalogues of all of these. */
const opened = new Set<Family>();

let compiled = new Map<string, ReturnType<typeof compileMessage>>();
/** A message is shown in many rows, and read once. */
i18n.setMessagesCompiler((message) => {
  const known = compiled.get(message);
  if (known) return known;
  const { pseudo } = current;
  const made = pseudo ? compileMessage(message, (words) => pseudoWords(words, pseudo)) : compileMessage(message);
  compiled.set(message, made);
  return made;
});
i18n.load(ENGLISH.tag, {});
i18n.activate(ENGLISH.tag);

async function catalogueOf(language: Language, family: Family): Promise<void> {
  const load = catalogues[`./${language.tag}/${family}.po`];
  if (load) i18n.load(language.tag, (await load()).default);
}

/** The screens of a family, with their words in the reader’s language: both are asked for at once. */
export async function withWords<T>(family: Family, screens: Promise<T>): Promise<T> {
  opened.add(family);
  // Without its catalogue a screen is in English: that is better than none.
  const [loaded] = await Promise.all([screens, catalogueOf(current, family).catch(() => undefined)]);
  return loaded;
}

/**
 * From now on Glia speaks this language: catalogues first, so that nothing is shown half in one language.
 *
 * @param tag one of LANGUAGES; English where it is none of these
 * @throws what the browser throws where a catalogue can’t be loaded; the language stays as it was
 */
export async function speak(tag: string | null): Promise<void> {
  const language = languageOf(tag);
  turn += 1;
  const mine = turn;
  const loaded = new Set<Family>();
  // What is opened while catalogues are loaded is loaded, too.
  for (let missing = [...opened]; missing.length > 0; missing = [...opened].filter((family) => !loaded.has(family))) {
    // oxlint-disable-next-line no-await-in-loop -- one round after the other
    await Promise.all(missing.map((family) => catalogueOf(language, family)));
    for (const family of missing) loaded.add(family);
  }
  // Another language was chosen since.
  if (mine !== turn) return;
  current = language;
  compiled = new Map();
  setLocale(language.pseudo ? ENGLISH.tag : language.tag, language.dir);
  i18n.load(language.tag, {});
  i18n.activate(language.tag, language.pseudo ? ENGLISH.tag : undefined);
}

export const currentLanguage = (): Language => current;
