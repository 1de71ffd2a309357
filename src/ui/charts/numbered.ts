/** A label that may break does: “20.0” above “MB”. */
export const numbered = (format: (amount: number) => string, amount: number): string =>
  format(amount).replaceAll(' ', '\u00A0');
