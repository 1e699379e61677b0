// How large the content of a link may grow: a stranger wrote it.

/** In bytes when inflated, and in UTF-16 units when unpacked. No scenario a person shares needs more; a bomb does. */
export const CONTENT_LIMIT = 16 * 1024 * 1024;

/** In characters of a link. Browsers follow none above 2 Mi. */
export const LINK_LIMIT = 4 * 1024 * 1024;

export class TooLarge extends Error {}
