// The editor's looks, from the custom properties of the page.
import { EditorView } from '@codemirror/view';

export const editorTheme = EditorView.theme({
  '&': { height: '100%', fontSize: '12px', backgroundColor: 'var(--panel)', color: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--source-0)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '19px' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--dim)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { paddingLeft: '4px', paddingRight: '8px', minWidth: '34px' },
  '.cm-marks': { width: '18px' },
  '.cm-marks .cm-gutterElement': { display: 'flex', alignItems: 'center', gap: '1px', cursor: 'pointer' },
  '.cm-decided': {
    width: '7px',
    height: '13px',
    marginLeft: '4px',
    borderRadius: '2px',
    background: 'var(--source)',
  },
  '.cm-problem-sign': { width: '12px', textAlign: 'center', fontWeight: '700', color: 'var(--amber-ink)' },
  '.cm-problem-sign[data-severity="error"]': { color: 'var(--bad)' },
  '.cm-evidence': { backgroundColor: 'var(--lit)', boxShadow: 'inset 3px 0 var(--amber)' },
  '.cm-problem': { textDecoration: 'underline wavy var(--amber)', textDecorationSkipInk: 'none' },
  '.cm-problem.cm-error': { textDecorationColor: 'var(--bad)' },
  '.cm-tooltip': {
    border: '1px solid var(--line-strong)',
    borderRadius: '8px',
    background: 'var(--panel)',
    color: 'var(--ink)',
  },
  '.cm-problem-text': { padding: '6px 10px', maxWidth: '380px', font: '13px/1.4 var(--sans)' },
  '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--ink)' },
  '.cm-panel.cm-search': { fontSize: '12px' },
  '.cm-button, .cm-textfield': {
    backgroundImage: 'none',
    backgroundColor: 'var(--panel)',
    border: '1px solid var(--line-strong)',
    borderRadius: '5px',
    color: 'var(--ink)',
  },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in srgb, var(--amber) 40%, transparent)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--source-0) 26%, transparent)',
  },
});
