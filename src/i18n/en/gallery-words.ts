// English: the gallery and one's own cases.
export const galleryWords = {
  gallery: {
    own: 'Start from your own paste',
    ownAbout: 'An empty pane that says which commands to run.',
    worked: 'Worked cases',
    yours: 'Your cases, kept in this browser',
    search: 'Search the worked cases',
    searchHint: 'A title, a symptom, a version, an address …',
    found: '{count, plural, one {# case} other {# cases}}',
    none: 'No worked case speaks of “{asked}”.',
    more: 'More',
    save: 'Save what is open',
    download: 'Download',
    delete: 'Delete',
    import: 'Open a file …',
    failed: 'This browser keeps nothing for this page (a private window?). Download the file instead.',
  },
};
