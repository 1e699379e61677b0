import { expect, test } from 'vitest';
import { parseDocuments } from '../parse.ts';
import { entriesOf } from './log.ts';
import { formatsIn } from './pasted-format.ts';
import { KNOWN_FORMATS } from './known-formats.ts';

const FORMAT =
  '%START_TIME% %DOWNSTREAM_REMOTE_ADDRESS% => %UPSTREAM_CLUSTER% %RESPONSE_CODE% \\"%REQ(USER-AGENT)%\\"\\n';
const PLAIN = FORMAT.replaceAll('\\"', '"').replace('\\n', '');
const LINE = '2024-05-01T08:00:00.123Z 10.1.2.9:51000 => inbound|8080|| 200 "curl/8"';

test.each([
  [
    'meshConfig in YAML',
    `meshConfig:\n  accessLogFile: /dev/stdout\n  accessLogFormat: "${FORMAT}"\n  other: 1\n`,
  ],
  ['in single quotes', `accessLogFormat: '${PLAIN}'\n`],
  ['a block', `data:\n  mesh: |-\n    accessLogFormat: |\n      ${PLAIN}\n    enableTracing: true\n`],
  ['an extension provider', `envoyFileAccessLog:\n  logFormat:\n    text: "${FORMAT}"\n`],
  [
    'a listener',
    `{"accessLog":[{"typedConfig":{"logFormat":{"textFormatSource":{"inlineString":"${FORMAT}"}}}}]}`,
  ],
  ['istioctl --set', `$ istioctl install --set meshConfig.accessLogFormat="${FORMAT}"`],
])('a text format set by %s is how the lines are read', (_, config) => {
  const documents = parseDocuments({ name: 'test', text: `${config}\n\n$ kubectl logs x\n${LINE}\n` });
  const logs = documents.flatMap(({ content }) =>
    content.kind === 'access-log' ? [...entriesOf(content.log)] : [],
  );
  expect(
    logs.map(({ fields }) => [fields['downstreamRemoteAddress']?.text, fields['upstreamCluster']?.text]),
  ).toEqual([['10.1.2.9:51000', 'inbound|8080||']]);
});

test.each([
  [
    'YAML',
    'json_format:\n  who: "%DOWNSTREAM_REMOTE_ADDRESS%"\n  to: "%UPSTREAM_HOST%"\n  c: "%RESPONSE_CODE%"\nother: 1\n',
  ],
  [
    'JSON',
    '{"jsonFormat": {"who":"%DOWNSTREAM_REMOTE_ADDRESS%","to":"%UPSTREAM_HOST%","c":"%RESPONSE_CODE%"}}',
  ],
  [
    'a string of JSON',
    `accessLogFormat: '{"who":"%DOWNSTREAM_REMOTE_ADDRESS%","to":"%UPSTREAM_HOST%","c":"%RESPONSE_CODE%"}'\n`,
  ],
])('a json_format in %s names the keys', (_, config) => {
  const [format] = formatsIn({ name: 'test', text: config }).json;
  const fields = [...(format ?? [])].map(([key, { operators }]) => [key, operators[0]?.field]);
  expect(fields).toEqual([
    ['who', 'downstreamRemoteAddress'],
    ['to', 'upstreamHost'],
    ['c', 'responseCode'],
  ]);
});

test('Istio’s own format, as a listener holds it, stays the known one', () => {
  const [istio] = KNOWN_FORMATS;
  const written = istio?.literals
    .map((literal, n) => {
      const operator = istio.operators[n];
      const argument = operator?.argument === null ? '' : `(${operator?.argument})`;
      return (
        literal +
        (operator
          ? `%${operator.name === 'UPSTREAM_CLUSTER' ? 'UPSTREAM_CLUSTER_RAW' : operator.name}${argument}%`
          : '')
      );
    })
    .join('');
  expect(formatsIn({ name: 'test', text: `"inlineString": ${JSON.stringify(`${written}\n`)}` }).text).toEqual(
    [],
  );
});
