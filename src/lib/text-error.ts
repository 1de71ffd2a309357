import { english } from './english';
import { readText, type Text } from './text';

/** An error that people are to read about: it says which text. In a console it speaks English. */
export class TextError extends Error {
  override readonly name: string = 'TextError';
  readonly text: Text;

  constructor(text: Text, options?: ErrorOptions) {
    super(english(text), options);
    this.text = text;
  }
}

/** What was thrown, for people: the text that an error brings, or somebody else’s words. */
export function textOfError(error: unknown): Text {
  if (!(error instanceof Error)) return String(error);
  return 'text' in error ? readText(error.text) : error.message;
}
