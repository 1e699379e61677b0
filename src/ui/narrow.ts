/** Where the picture has no room beside the others. The style sheets use the same widths. */
export const NARROW = '(max-width: 720px)';
