// English: remedies tried out.
export const whatIfWords = {
  whatIf: {
    title: 'What if …',
    about:
      'Each changes the pasted texts as it would change the cluster, and the same engine walks the result.',
    none: 'No remedy fits what was pasted.',
    nothing: 'This changes nothing here.',
    failed: 'The engine stopped on this. Your text is untouched.',
    keep: 'Open the changed case',
    keepWhy: 'Undo brings back what was pasted.',
    before: 'Before',
    after: 'After',
    first: 'To the first difference',
    consequences: 'What it gains, costs and breaks',
    commands: 'What carries it out',
    patches: '{count, plural, one {One change to the texts} other {# changes to the texts}}',
  },
  outcome: {
    delivered: 'The app sees',
    dropped: 'Dropped',
    refused: 'Refused',
    loop: 'Runs in a circle',
    undecided: 'Not decided',
  },
};
