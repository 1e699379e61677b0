// The gallery, in the order it is shown. The first one is what the app opens with; the others are loaded with this file,
// and the page asks for it only when somebody opens the gallery or a short link.
import { ambientHbone } from './ambient-hbone/sample.ts';
import { ambientPlaintext } from './ambient-plaintext/sample.ts';
import { ambientWaypoint } from './ambient-waypoint/sample.ts';
import { bookinfo } from './bookinfo/sample.ts';
import { carryDnat } from './carry-dnat/sample.ts';
import { carryFullNat } from './carry-full-nat/sample.ts';
import { carryProxyProtocol } from './carry-proxy-protocol/sample.ts';
import { carryToa } from './carry-toa/sample.ts';
import { carryTransparentProxy } from './carry-transparent-proxy/sample.ts';
import { carryXff } from './carry-xff/sample.ts';
import { consul } from './consul/sample.ts';
import { dnsCapture } from './dns-capture/sample.ts';
import { dualStack } from './dual-stack/sample.ts';
import { envoyToIstiod } from './envoy-to-istiod/sample.ts';
import { excludedCidr } from './excluded-cidr/sample.ts';
import { excludedPort } from './excluded-port/sample.ts';
import { externalPolicyCluster } from './external-policy-cluster/sample.ts';
import { externalPolicyLocal } from './external-policy-local/sample.ts';
import { gatewayProxyProtocol } from './gateway-proxy-protocol/sample.ts';
import { gatewayTcp } from './gateway-tcp/sample.ts';
import { httpbinRedirect } from './httpbin-redirect/sample.ts';
import { httpbinTproxy } from './httpbin-tproxy/sample.ts';
import { inboundPassthrough } from './inbound-passthrough/sample.ts';
import { initArguments } from './init-arguments/sample.ts';
import { interceptionNone } from './interception-none/sample.ts';
import { ipv6Bind } from './ipv6-bind/sample.ts';
import { istio14 } from './istio-1-4/sample.ts';
import { istio19 } from './istio-1-9/sample.ts';
import { kubeletProbe } from './kubelet-probe/sample.ts';
import { kuma } from './kuma/sample.ts';
import { linkerd } from './linkerd/sample.ts';
import { localhost } from './localhost/sample.ts';
import { loopMissingRule } from './loop-missing-rule/sample.ts';
import { nativeNftables } from './native-nftables/sample.ts';
import { ownPodIp } from './own-pod-ip/sample.ts';
import { ownService } from './own-service/sample.ts';
import { passthroughOutbound } from './passthrough-outbound/sample.ts';
import { redirect127006 } from './redirect-127-0-0-6/sample.ts';
import { serviceEntryTcp } from './service-entry-tcp/sample.ts';
import { sixteenSteps } from './sixteen-steps/sample.ts';
import { strictPlaintext } from './strict-plaintext/sample.ts';
import { tlsOrigination } from './tls-origination/sample.ts';
import { tproxyKeepsClient } from './tproxy-keeps-client/sample.ts';
import { udpNotCaptured } from './udp-not-captured/sample.ts';
import { wildcardSni } from './wildcard-sni/sample.ts';
import { xffTrustedProxies } from './xff-trusted-proxies/sample.ts';
import type { Sample } from './sample.ts';

export const firstSample: Sample = redirect127006;

export const samples: readonly Sample[] = [
  firstSample,
  tproxyKeepsClient,
  bookinfo,
  sixteenSteps,
  initArguments,
  passthroughOutbound,
  httpbinRedirect,
  httpbinTproxy,
  gatewayTcp,
  gatewayProxyProtocol,
  carryXff,
  carryDnat,
  carryFullNat,
  carryTransparentProxy,
  carryProxyProtocol,
  carryToa,
  inboundPassthrough,
  ownService,
  ownPodIp,
  localhost,
  serviceEntryTcp,
  tlsOrigination,
  wildcardSni,
  xffTrustedProxies,
  excludedPort,
  excludedCidr,
  kubeletProbe,
  envoyToIstiod,
  dnsCapture,
  udpNotCaptured,
  ipv6Bind,
  dualStack,
  interceptionNone,
  istio14,
  istio19,
  nativeNftables,
  strictPlaintext,
  loopMissingRule,
  externalPolicyCluster,
  externalPolicyLocal,
  ambientPlaintext,
  ambientHbone,
  ambientWaypoint,
  linkerd,
  kuma,
  consul,
];

/** The sample with that id, or undefined. */
export function sampleOf(id: string): Sample | undefined {
  return samples.find((sample) => sample.id === id);
}
