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
    patches: '{count, plural, one {# change to the texts} other {# changes to the texts}}',
  },
  compare: {
    title: 'Compare',
    with: 'What is open, beside',
    choose: 'choose a case …',
    paste: 'another paste …',
    pasted: 'Paste the other pod here: its rules, configuration, log. It stands in the place of {pod}.',
    probe: 'a probe, in neither paste',
    before: 'what was here before the last change',
    about:
      'Rules and configuration are compared by meaning, and the requests whose fate changes are listed first.',
    same: 'The two mean the same.',
    packets: '{count, plural, one {# request ends differently} other {# requests end differently}}',
    rules: '{count, plural, one {# rule differs} other {# rules differ}}',
    config:
      '{count, plural, one {# place of the configuration differs} other {# places of the configuration differ}}',
    what: 'What',
    here: 'Here',
    there: 'There',
    kinds: {
      first: 'only here',
      second: 'only there',
      changed: 'changed',
      moved: 'moved',
      policy: 'policy',
    },
    onlyHere: 'Pods only here:',
    onlyThere: 'Pods only there:',
  },
  outcome: {
    delivered: 'The app sees',
    dropped: 'Dropped',
    refused: 'Refused',
    loop: 'Runs in a circle',
    undecided: 'Not decided',
  },
};
