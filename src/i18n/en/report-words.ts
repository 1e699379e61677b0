// English: what can be taken away from the page.
export const reportWords = {
  report: {
    save: 'Save .{ending}',
    copy: 'Copy',
    copied: 'Copied.',
    failed: 'The browser did not allow it.',
    print: 'Print',
    printText: 'The answer, the picture, its evidence and every hop, on paper or as PDF.',
    format: {
      markdown: {
        name: 'Report for an issue',
        text: 'Markdown: the answer, its proof, every hop in a table.',
      },
      png: { name: 'Picture', text: 'PNG with an opaque ground, sharp on slides.' },
      svg: { name: 'Picture, to scale', text: 'SVG with an opaque ground.' },
      animated: { name: 'Picture that moves', text: 'SVG in which the packet walks the journey.' },
      mermaid: { name: 'Sequence diagram', text: 'Mermaid, as GitHub and many wikis draw it.' },
      trace: { name: 'The trace', text: 'JSON: every hop with its proof, as the command line prints it.' },
      scenario: { name: 'The case', text: 'JSON: what was pasted, to open again here.' },
    },
    n: 'Hop',
    step: 'Step',
    pod: 'Pod',
    place: 'Where',
    what: 'What happened',
    addresses: 'Addresses after it',
    basis: 'How sure',
    hops: '{count, plural, one {# hop} other {# hops}}',
    supplied: 'Not pasted; supplied from Istio’s defaults',
    made: 'Worked out by Sidetrace from the paste alone. What the paste does not decide is marked as such.',
  },
  metrics: {
    title: 'Metrics this proxy reports',
    about:
      'Istio’s standard metrics, unless telemetry was configured otherwise. The labels that the path tells are these; the others come from the peers’ metadata and the response.',
  },
  hookMap: {
    request: 'The request in {pod}, connection {connection}: chains that decided something are lit.',
    reply:
      'The reply in {pod}, connection {connection}: conntrack translates it, and no chain of nat is asked.',
    none: 'This journey passes no kernel whose rules are known.',
    about:
      'A packet for this host passes PREROUTING and INPUT; a forwarded one PREROUTING, FORWARD and POSTROUTING; one sent from here OUTPUT and POSTROUTING. nat is asked once for each connection; raw, mangle and filter see every packet. A dim field has a place in the kernel and no rule that decided here.',
  },
};
