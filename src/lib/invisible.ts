/**
 * Characters that nobody sees and that stick to what is copied from web pages, mails and chats: zero-width characters, soft
 * hyphens, direction marks, byte order marks, controls. Line breaks and tabs are none of them.
 */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|[\u2800\uFFF9-\uFFFB]|(?![\t\n\r])\p{Cc}/gu;
/** One pass over ASCII, as nearly all text is, costs far less than the classes above. */
const VISIBLE_ASCII = /^[\t\n\r\u0020-\u007E]*$/;

export const hasInvisible = (text: string): boolean => withoutInvisible(text) !== text;

export function withoutInvisible(text: string): string {
  return VISIBLE_ASCII.test(text) ? text : text.replaceAll(INVISIBLE, '');
}
