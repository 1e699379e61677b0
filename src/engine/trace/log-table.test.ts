import { expect, it } from 'vitest';
import type { ScenarioPod } from '../scenario.ts';
import { openLog } from './log-table.ts';

function line(port: number): string {
  return `[2022-12-17T09:30:39.883Z] "GET /common/sauth HTTP/1.1" 200 - via_upstream - "-" 0 60 0 0 "-" "Go-http-client/1.1" "57dd8171-f8e0-9ffc-bfc4-cdf4d9f5ee0f" "simple-server-svc.demo-to:18080" "10.20.0.77:18080" inbound|18080|| 127.0.0.6:44213 10.20.0.77:18080 10.20.0.78:${port} outbound_.18080_._.simple-server-svc.demo-to.svc.cluster.local default`;
}

const POD: ScenarioPod = {
  name: 'web',
  role: 'server',
  addresses: [],
  paste: `$ kubectl logs web -c istio-proxy\n${line(33204)}\n${line(33206)}\n\nprose\n\n$ kubectl logs web -c istio-proxy --tail=1\n${line(33208)}\n`,
};

it('holds the rows of every log in the paste, with the places they stand in', () => {
  const { table, rows } = openLog(POD);
  expect(table.count).toBe(3);
  const remote = table.columns.indexOf('downstreamRemoteAddress');
  expect(rows(0, 9).map(({ line, values }) => [line, values[remote]])).toEqual([
    [2, '10.20.0.78:33204'],
    [3, '10.20.0.78:33206'],
    [8, '10.20.0.78:33208'],
  ]);
  expect(rows(2, 3)).toHaveLength(1);
  for (const { from, line } of rows(0, 9)) expect(POD.paste.slice(0, from).split('\n')).toHaveLength(line);
});

it('finds the rows that hold words, one after the other, and looks at no prose between them', () => {
  const { find } = openLog(POD);
  expect([find(':33208', 0), find('/common/sauth', 1), find('/common/sauth', 3), find(':33204', 1)]).toEqual([
    2, 1, 0, 0,
  ]);
  expect([find('prose', 0), find('kubectl', 0), find('', 0)]).toEqual([null, null, null]);
});

it('makes the request that a row tells of', () => {
  expect(openLog(POD).request(1)).toMatchObject({
    from: '10.20.0.78:33206',
    to: '10.20.0.77:18080',
    path: '/common/sauth',
  });
  expect(openLog(POD).request(7)).toBeNull();
});

it('says what a column tells, and what the details of a row mean', () => {
  const { table, rows } = openLog(POD);
  const meaning = (column: string) => table.meanings[table.columns.indexOf(column)]?.code;
  expect(meaning('upstreamLocalAddress')).toBe('operator.upstream-local-address');
  expect(meaning('duration')).toBe('operator.duration');
  expect(table.heads.slice(0, 3)).toEqual([
    '%DOWNSTREAM_REMOTE_ADDRESS%',
    '%UPSTREAM_LOCAL_ADDRESS%',
    '%UPSTREAM_HOST%',
  ]);
  expect(rows(0, 1)[0]?.notes.map(({ code }) => code)).toEqual(['details.via-upstream']);
});
