// Light syntax colour for whatever a person pastes: shell prompts, iptables rules, Envoy JSON, log lines. Each line is
// coloured by itself and where it is in sight: a language's tree of the whole paste takes longer than its answer.
import type { Extension } from '@codemirror/state';
import {
  Decoration,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from '@codemirror/view';

/** By the name of their colour, in the order they are tried. */
const TOKENS = {
  comment: /^[$#]\s.*/,
  key: /"(?:[^"\\]|\\.)*"(?=\s*:)|--?[a-z][\w-]*/,
  string: /"(?:[^"\\]|\\.)*"/,
  keyword:
    /-[A-Z]\b|(?:ACCEPT|DROP|REJECT|RETURN|REDIRECT|DNAT|SNAT|MASQUERADE|TPROXY|MARK|CONNMARK|COMMIT|Chain)\b|\*(?:nat|mangle|filter|raw|security)\b/,
  operator: /!(?=\s)/,
  number: /\d{1,3}(?:\.\d{1,3}){3}(?:\/[\d.]+)?(?::\d+)?|(?:\d+|true|false|null)\b/,
} as const;

/** Any other word is passed over whole: nothing in it is a token. */
const WORD = /[\w.|@/-]+/;

const COLOURS = new Map(
  Object.keys(TOKENS).map((name) => [name, Decoration.mark({ class: `cm-${name}` })] as const),
);

const tokens = new MatchDecorator({
  regexp: new RegExp(
    [...Object.entries(TOKENS).map(([name, { source }]) => `(?<${name}>${source})`), WORD.source].join('|'),
    'g',
  ),
  decoration: ({ groups = {} }) => {
    const [name = ''] = Object.entries(groups).find(([, text]) => text !== undefined) ?? [];
    return COLOURS.get(name) ?? null;
  },
});

export const pasteColours: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = tokens.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.decorations = tokens.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
