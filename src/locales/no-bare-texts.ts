/**
 * A rule for oxlint: words that a person reads go through Lingui (its macros, or a message behind an `i18n` comment), so that
 * each can be translated. What counts as words: text in JSX; strings at the names below; anywhere else what reads as a sentence,
 * three words or more.
 */

const SHOWN_AT =
  /^(?:title|label|description|placeholder|alt|error|reason|heading|caption|hint|summary|verb|noun|aria-(?:label|description|roledescription|valuetext)|nothingFound.*|\w*(?:Label|Title|Text|Placeholder|Message|Caption|Hint|Reason))$/;
const MACROS = new Set(['t', 'msg', 'plural', 'select', 'selectOrdinal', 'defineMessage', 'Trans', 'Plural', 'Select']);
/** What is said to developers, or is no text: a class, a selector, an address. */
const NO_TEXT_CALLS = new Set([
  'invariant',
  'RegExp',
  'URL',
  'querySelector',
  'closest',
  'matches',
  'endsWith',
  'startsWith',
  'includes',
]);
const NO_TEXT_AT =
  /^(?:className|style|styles|d|transform|points|path|media|sizes|gridTemplate\w*|cols|key|keywords|id|href|to|rel)$/;

interface Node {
  readonly type: string;
  readonly parent: Node | null;
  readonly range: readonly [number, number];
  // A tree as oxlint hands it over: what is used is looked at first.
  readonly [name: string]: unknown;
}

const nameOf = (node: unknown): string => {
  const { name, type, property, value, namespace } = node as Node;
  if (type === 'JSXNamespacedName') return `${nameOf(namespace)}:${nameOf(name)}`;
  if (type === 'MemberExpression') return nameOf(property);
  return typeof name === 'string' ? name : typeof value === 'string' ? value : '';
};

/** Letters, and no single sign as a list of keys or a unit has it. */
const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text);
/** An address, or a command with its options. */
const isCode = (text: string): boolean => /^\w+:\/\/|^[\w-]+ .* --\w/.test(text);
const isSentence = (text: string): boolean => /\p{L}+[,;:]? [\p{L}’'{]+[,;:]? [\p{L}’'{]/u.test(text);

const textOf = (node: Node): string => {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : '';
  const quasis = (node.quasis ?? []) as readonly { value: { raw: string } }[];
  return quasis.map(({ value }) => value.raw).join('{}');
};

export default {
  meta: { name: 'texts' },
  rules: {
    'no-bare-texts': {
      create(context: { sourceCode: { text: string }; report(what: { node: unknown; message: string }): void }) {
        const { text: source } = context.sourceCode;
        const isMarked = ({ range }: Node): boolean =>
          /\/\*i18n\*\/\s*$/.test(source.slice(Math.max(0, range[0] - 12), range[0]));

        /** Where the string stands: at a name that is shown, somewhere else, or where it is no text or translated already. */
        const placeOf = (node: Node): 'shown' | 'elsewhere' | 'no-text' => {
          let place: 'shown' | 'elsewhere' = 'elsewhere';
          let from: Node = node;
          for (let at = node.parent; at; from = at, at = at.parent) {
            switch (at.type) {
              case 'TaggedTemplateExpression':
                return 'no-text';
              case 'ImportDeclaration':
              case 'ImportExpression':
              case 'ExportNamedDeclaration':
              case 'TSLiteralType':
              case 'TSEnumMember':
                if (at.type !== 'ExportNamedDeclaration' || at.source === from) return 'no-text';
                break;
              case 'CallExpression':
              case 'NewExpression':
                if (
                  MACROS.has(nameOf(at.callee)) ||
                  NO_TEXT_CALLS.has(nameOf(at.callee)) ||
                  nameOf(at.callee).endsWith('Error')
                )
                  return 'no-text';
                break;
              case 'ObjectExpression':
                if (isMarked(at)) return 'no-text';
                break;
              case 'JSXElement':
                if (MACROS.has(nameOf((at.openingElement as Node).name))) return 'no-text';
                break;
              case 'JSXOpeningElement':
                if (MACROS.has(nameOf(at.name))) return 'no-text';
                break;
              case 'BinaryExpression':
                if (/[=<>]|^in$/.test(String(at.operator))) return 'no-text';
                break;
              case 'VariableDeclarator':
                if (/(?:^|_)ID$/.test(nameOf(at.id))) return 'no-text';
                break;
              case 'SwitchCase':
                if (at.test === from) return 'no-text';
                break;
              case 'MemberExpression':
                if (at.property === from) return 'no-text';
                break;
              case 'JSXAttribute':
              case 'Property':
                if (at.key === from) return 'no-text';
                if (NO_TEXT_AT.test(nameOf(at.key ?? at.name))) return 'no-text';
                if (SHOWN_AT.test(nameOf(at.key ?? at.name)) && !isFunctionBetween(node, at)) place = 'shown';
                break;
              case 'JSXExpressionContainer':
                if (at.parent?.type === 'JSXElement' || at.parent?.type === 'JSXFragment') {
                  if (!isCallBetween(node, at)) place = 'shown';
                }
                break;
              default:
            }
          }
          return place;
        };

        const check = (node: Node): void => {
          const text = textOf(node);
          if (!hasWords(text.replaceAll('{}', '')) || isCode(text)) return;
          const place = placeOf(node);
          if (place === 'no-text') return;
          if (place === 'shown' || isSentence(text)) {
            context.report({
              node,
              message: `“${text.slice(0, 60)}” is shown in English only: let it go through Lingui.`,
            });
          }
        };
        return {
          Literal: check,
          TemplateLiteral: check,
          JSXText(node: Node) {
            if (!hasWords(String(node.value)) || placeOf(node) === 'no-text') return;
            context.report({
              node,
              message: `“${String(node.value).trim().slice(0, 60)}” is shown in English only: wrap it in Trans.`,
            });
          },
        };
      },
    },
  },
};

const between = (node: Node, end: Node, types: ReadonlySet<string>): boolean => {
  for (let at = node.parent; at && at !== end; at = at.parent) if (types.has(at.type)) return true;
  return false;
};
const isFunctionBetween = (node: Node, end: Node) =>
  between(node, end, new Set(['ArrowFunctionExpression', 'FunctionExpression', 'CallExpression', 'JSXElement']));
const isCallBetween = (node: Node, end: Node) =>
  between(node, end, new Set(['CallExpression', 'JSXElement', 'ArrowFunctionExpression', 'ObjectExpression']));
