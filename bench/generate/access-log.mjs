// @ts-check
// Lines of Istio's default text format, inbound and outbound halves of made-up requests.
// https://istio.io/latest/docs/tasks/observability/logs/access-log/#default-access-log-format
import { ipv4, randomOf, word } from './random.mjs';

const HEX = '0123456789abcdef';
const AGENTS = [
  'curl/8.10.1',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  'Go-http-client/1.1',
  'kube-probe/1.30',
];
const PATHS = ['/cart', '/api/v2/items', '/login?next=%2Fcart', '/healthz', '/assets/site.css'];
const CODES = [200, 200, 200, 201, 302, 404, 503];

/** @param {(below: number) => number} random */
function requestId(random) {
  return [8, 4, 4, 4, 12].map((length) => word(random, HEX, length)).join('-');
}

/**
 * @param {(below: number) => number} random
 * @param {number} n
 */
function line(random, n) {
  const time = new Date(Date.UTC(2026, 9, 1) + n * 11).toISOString();
  const code = CODES[random(CODES.length)];
  const refused = code === 503;
  const pod = ipv4(10, (20 << 16) + random(65536));
  const peer = ipv4(10, (21 << 16) + random(65536));
  const host = `cart-${random(40)}.shop.svc.cluster.local:8080`;
  const inbound = random(2) === 0;
  const ends = inbound
    ? `"${pod}:8080" inbound|8080|| 127.0.0.6:${30000 + random(30000)} ${pod}:8080 ${peer}:${30000 + random(30000)} outbound_.8080_._.${host.slice(0, -5)} default`
    : `"${peer}:8080" outbound|8080||${host.slice(0, -5)} ${pod}:${30000 + random(30000)} ${ipv4(10, (100 << 16) + random(400))}:8080 ${pod}:${30000 + random(30000)} - default`;
  const result = refused
    ? '503 UF,URX upstream_reset_before_response_started{connection_failure}'
    : `${code} - via_upstream`;
  return `[${time}] "GET ${PATHS[random(PATHS.length)]} HTTP/1.1" ${result} - "-" ${random(900)} ${random(50000)} ${random(700)} ${random(600)} "-" "${AGENTS[random(AGENTS.length)]}" "${requestId(random)}" "${host}" ${ends}\n`;
}

/**
 * In pieces of some megabytes: a million lines do not fit into one string comfortably.
 * @param {number} lines
 * @param {number} seed
 */
export function* accessLog(lines, seed) {
  const random = randomOf(seed);
  let piece = '';
  for (let n = 0; n < lines; n++) {
    piece += line(random, n);
    if (piece.length < 4_000_000) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
