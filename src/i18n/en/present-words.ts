// English: presenting, the quiz, the tour.
export const presentWords = {
  present: {
    title: 'Presenter',
    notes: 'Notes',
    notesWindow: 'Notes in a window of their own',
    notesWait:
      'Notes for the speaker. They appear as soon as the presenter is open in the window this one was opened from (key p). Some browsers keep the windows of a file on a disk apart: there, key m shows them beside the picture.',
    notesOver: 'The presentation is closed. When it is opened again, the notes go on.',
    next: 'Next:',
    noNext: 'This is the last hop.',
    elapsed: 'Since these notes were opened',
    ownNote: 'Your own note for this hop',
    quiz: 'Quiz',
    qr: 'QR code',
    qrOf: 'QR code of this step',
    qrLong: 'The link to this step is too long for a code that a phone can read. Use Share instead.',
    spotlight: 'Spotlight',
    blank: 'Blank',
    unblank: 'Show the screen again',
  },
  quiz: {
    title: 'Quiz',
    none: 'This journey holds nothing to guess.',
    rule: 'Which rule of {chain} matches?',
    source: 'Which source address does the packet bear next?{chain}',
    app: 'Which address will the app see?{chain}',
    isRight: 'Right.',
    isWrong: 'Not this one.',
    goOn: 'Next question',
    again: 'From the beginning',
    over: 'No more questions on this journey. {right} of {asked} right so far.',
    score: '{right} of {asked} right, counted in this browser only',
  },
  tour: {
    title: 'Tour',
    place: '{n} of {count}.',
    answer:
      'The answer comes first: what the application sees, which hop made it so, why. “Proof” shows the line of the paste that says it.',
    paste:
      'This is what was pasted: rules, Envoy’s configuration, a log, as a terminal prints them. Lines that decided something carry a mark; click one and you stand on its hop.',
    picture:
      'The way of the packet. A box is a place, a row is a step, the line has the colour of the source address. It changes colour exactly where the address changes.',
    timeline:
      'Walk it with the arrow keys, or press space to play. “Next change of source” (n) jumps to what matters.',
    details:
      'Everything about the current hop: addresses before and after, the proof, and why the rules before it did not match.',
    gallery:
      'More worked cases wait in the gallery, and the button for your own paste. Press ? for all keys.',
    next: 'Next',
    back: 'Back',
    later: 'Later',
    end: 'Done',
  },
};
