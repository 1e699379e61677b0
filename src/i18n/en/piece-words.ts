// English: the pieces found in a paste, what is dropped, the table of a log.
export const pieceWords = {
  found: {
    lines: 'lines {first} to {last}',
    of: 'Of {pod}.',
    other: 'It belongs to another pod, so it is set aside here.',
    asked: 'Nothing tells which pod it is of; it is taken for this one.',
    none: 'It is of no pod.',
    show: 'Show in the text',
    table: 'As a table',
    move: 'Give it to …',
    newPod: 'new pod',
  },
  variant: {
    kubectl: 'With kubectl and istioctl',
    nsenter: 'On the node, as root',
    debug: 'In a debug container',
  },
  drop: {
    here: 'Drop files or a folder here. They stay in this page.',
    nothing: 'No text was in what you dropped.',
    taken: '{count, plural, one {# file} other {# files}} read.',
  },
  held: {
    reading: 'Reading the file: {part, number, percent}',
    label: 'Text of {pod}, as it was read',
    size: '{megabytes, number} MB, {lines, plural, one {# line} other {# lines}}',
    leftOut:
      'The file is longer than a browser can hold as one text: its first {count, number} lines were left out. Cut it down with the command line (README, “In a terminal”), then nothing is missing.',
    tooLong:
      'This JSON document is longer than a browser can hold as one text, and no part of it would answer: nothing of it was read. Print less, for example with istioctl proxy-config listener POD -o json, then cluster and route.',
    find: 'Find in the text',
    remove: 'Take the file out',
  },
  log: {
    title: 'Access log of {pod}: {count, number} lines',
    find: 'Find in the lines',
    notFound: 'No line holds this.',
    rows: 'Lines of the log',
    line: 'line',
    five: 'The five addresses of this line',
    downstream: 'Downstream: who spoke to Envoy',
    upstream: 'Upstream: whom Envoy spoke to',
    none: 'This pod’s paste holds no access log.',
    failed: 'This line does not tell where the request went.',
  },
};
