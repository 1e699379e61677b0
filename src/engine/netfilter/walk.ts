// A packet's whole way through one host: sent by a socket or received by an interface, through the hooks in the
// kernel's order, over lo and back in if it stays here. Kernel: net/ipv4/ip_output.c, ip_input.c, drivers/net/loopback.c.
import type { IpAddress } from '../../base/ip.ts';
import type { Rule } from '../../documents/iptables/ruleset.ts';
import { reversed, type Packet, type Tuple } from '../packet/packet.ts';
import type { Journal } from './chain.ts';
import { confirm, copyConntrack, type Conntrack, type ConntrackEntry, type Segment } from './conntrack.ts';
import type { FibChoice, SourceState } from './fib.ts';
import type { Flight, TransparentSocket } from './flight.ts';
import { runHook } from './hooks.ts';
import { LOOPBACK, type Host } from './host.ts';
import { isRefusedOnArrival } from './martian.ts';
import {
  isUndecided,
  routeInput,
  routeOutput,
  type InputRoute,
  type OutputRoute,
  type RoutingError,
  type Way,
} from './routing.ts';
import type { Doubt, Pass, Step, Translation } from './step.ts';

/**
 * Where a packet ends. `local`: delivered to a socket of this host. `wire`: sent out by an interface.
 * `unroutable`: the kernel's routing threw it away; `routingError` says why.
 */
export type Fate = 'local' | 'wire' | 'dropped' | 'rejected' | 'unroutable' | 'undecided';

/** A doubt with both ways on. They are null where the walk is itself a way on from too many doubts. */
export interface Undecided extends Doubt {
  readonly futures: { readonly matches: Walk; readonly doesNotMatch: Walk } | null;
}

export interface Walk {
  readonly passes: readonly Pass[];
  readonly fate: Fate;
  /** The packet as it ends, NAT and marks included. */
  readonly packet: Packet;
  /** What SO_ORIGINAL_DST tells the socket that got it: where the connection was first sent to. Null without entry. */
  readonly originalDestination: { readonly address: IpAddress; readonly port: number | null } | null;
  /** The socket that TPROXY handed it to. */
  readonly transparentSocket: TransparentSocket | null;
  readonly routingError: RoutingError | null;
  /** The lines of `ip rule` and `ip route` that routed it, in order; empty where routing was not pasted. */
  readonly routedBy: readonly FibChoice[];
  readonly undecided: Undecided | null;
}

/** Doubts that are followed on both ways, one inside another: at most 2^3 walks. */
const DOUBT_DEPTH = 3;

/** Whether the sending socket bound its source address itself; it matters where `ip rule from` is pasted. */
export type Binding = 'bound' | 'unbound' | 'unknown';

/**
 * A local socket sends the packet. `packet.iif` is null; `oif` is ignored and routed. The conntrack is changed:
 * give the same one for every packet of a simulation.
 */
export function send(
  host: Host,
  conntrack: Conntrack,
  packet: Packet,
  segment: Segment = 'syn',
  binding: Binding = 'unknown',
): Walk {
  return decide(conntrack, [], (copy, assumptions) => {
    const walker = new Walker(host, copy, packet, segment, assumptions);
    walker.send(binding);
    return walker;
  });
}

/** The packet arrives on `packet.iif`. */
export function receive(host: Host, conntrack: Conntrack, packet: Packet, segment: Segment = 'syn'): Walk {
  return decide(conntrack, [], (copy, assumptions) => {
    const walker = new Walker(host, copy, packet, segment, assumptions);
    walker.receive();
    return walker;
  });
}

type Run = (conntrack: Conntrack, assumptions: boolean[]) => Walker;

/** Runs on a copy; if nothing was undecided the copy becomes the truth, else both ways on are walked. */
function decide(conntrack: Conntrack, assumptions: readonly boolean[], run: Run): Walk {
  const copy = copyConntrack(conntrack);
  const walker = run(copy, [...assumptions]);
  const { doubt } = walker;
  if (!doubt) {
    if (assumptions.length === 0) Object.assign(conntrack, copy);
    return walker.result(null);
  }
  const open = doubt.reason === 'match' && assumptions.length < DOUBT_DEPTH;
  const future = (assumed: boolean) => decide(conntrack, [...assumptions, assumed], run);
  const futures = open ? { matches: future(true), doesNotMatch: future(false) } : null;
  return walker.result({ ...doubt, futures });
}

interface OpenPass extends Journal {
  readonly iif: string | null;
  oif: string | null;
  readonly steps: Step[];
  readonly translations: Translation[];
}

class Walker {
  private readonly flight: Flight;
  private readonly passes: OpenPass[] = [];
  private readonly assumptions: boolean[];
  private fate: Fate = 'undecided';
  private routingError: RoutingError | null = null;

  constructor(host: Host, conntrack: Conntrack, packet: Packet, segment: Segment, assumptions: boolean[]) {
    this.assumptions = assumptions;
    this.flight = {
      host,
      conntrack,
      segment,
      hook: 'output',
      packet,
      tracking: { kind: 'none' },
      socket: null,
      route: null,
      routedBy: [],
    };
  }

  get doubt(): Doubt | null {
    return this.passes.at(-1)?.doubt ?? null;
  }

  result(undecided: Undecided | null): Walk {
    const { packet, socket, tracking } = this.flight;
    const entry = tracking.kind === 'entry' ? tracking.entry : null;
    return {
      passes: this.passes.map(({ iif, oif, steps, translations }) => ({
        class: classOf(this.flight.segment),
        iif,
        oif,
        steps,
        translations,
      })),
      fate: this.fate,
      packet,
      originalDestination: entry && originalDestination(entry),
      transparentSocket: socket,
      routingError: this.routingError,
      routedBy: this.flight.routedBy,
      undecided,
    };
  }

  send(binding: Binding): void {
    const { flight } = this;
    this.openSocket(flight.packet.tuple, false);
    const route = routeOutput(flight.host, flight.packet, sourceStateOf(flight, binding));
    this.noteRoute(route);
    if ('error' in route) return this.unroutable(route.error);
    flight.route = route;
    this.openPass(null, route.device);
    if (this.hook('output')) this.leave();
  }

  receive(): void {
    const { flight } = this;
    const destination = flight.packet.tuple.dst.text;
    if (flight.packet.iif !== LOOPBACK && isRefusedOnArrival(flight.packet.tuple))
      return this.unroutable('refused-on-arrival');
    this.openPass(flight.packet.iif, null);
    if (!this.hook('prerouting')) return;
    const { packet } = flight;
    const keepsRoute = packet.iif === LOOPBACK && packet.tuple.dst.text === destination;
    if (keepsRoute) return this.deliver();
    const route = routeInput(flight.host, packet);
    this.noteRoute(route);
    if ('error' in route) this.unroutable(route.error);
    else if (route.kind === 'local') this.deliver();
    else this.forward(route);
  }

  private openPass(iif: string | null, oif: string | null): void {
    this.passes.push({
      iif,
      oif,
      steps: [],
      translations: [],
      doubt: null,
      assumptions: this.assumptions,
    });
    this.flight.packet = { ...this.flight.packet, iif, oif };
  }

  /** Runs a hook; false when the packet's way ends there. */
  private hook(hook: Flight['hook']): boolean {
    const pass = this.passes.at(-1);
    if (!pass) return false;
    const outcome = runHook(hook, this.flight, pass);
    if (outcome === 'accept') return true;
    if (typeof outcome === 'object') this.unroutable(outcome.error);
    else this.fate = fateOf(outcome, pass.steps.at(-1)?.rule ?? null);
    return false;
  }

  private forward(route: Way): void {
    const { flight } = this;
    flight.route = route;
    flight.packet = { ...flight.packet, oif: route.device };
    if (this.hook('forward')) this.leave();
  }

  /** POSTROUTING, then the wire; or lo, where the packet comes in again with its connection's entry. */
  private leave(): void {
    const { flight } = this;
    flight.packet = { ...flight.packet, oif: flight.route?.device ?? null };
    if (!this.hook('postrouting')) return;
    confirm(flight.conntrack, flight.tracking);
    if (flight.route?.device !== LOOPBACK) {
      this.fate = 'wire';
      return;
    }
    flight.packet = { ...flight.packet, iif: LOOPBACK, oif: null, owner: null };
    this.receive();
  }

  private deliver(): void {
    const { flight } = this;
    if (!this.hook('input')) return;
    confirm(flight.conntrack, flight.tracking);
    this.fate = 'local';
    this.openSocket(reversed(flight.packet.tuple), this.isTakenTransparently());
  }

  /** The first packet of a connection leaves a socket behind at each end that is here. */
  private openSocket(tuple: Tuple, transparent: boolean): void {
    if (this.flight.segment === 'syn') this.flight.conntrack.sockets.unshift({ tuple, transparent });
  }

  private isTakenTransparently(): boolean {
    const { host, socket, packet } = this.flight;
    const { protocol, dport } = packet.tuple;
    if (socket || host.listening === null) return socket !== null;
    return host.listening.some(
      (listener) => listener.protocol === protocol && listener.port === dport && listener.transparent,
    );
  }

  private noteRoute({ choice }: OutputRoute | InputRoute): void {
    if (choice) this.flight.routedBy.push(choice);
  }

  private unroutable(error: RoutingError): void {
    this.fate = isUndecided(error) ? 'undecided' : 'unroutable';
    this.routingError = error;
  }
}

/** TCP over IPv4 routes again once it has a source (ip_route_connect); UDP and IPv6 do not, and answers have theirs. */
function sourceStateOf({ packet, segment }: Flight, binding: Binding): SourceState {
  const { protocol, src } = packet.tuple;
  const answers = segment === 'syn-ack' || segment === 'rst';
  if (answers || binding === 'bound' || (protocol === 'tcp' && src.family === 4)) return 'chosen';
  return binding === 'unbound' ? 'open' : 'unknown';
}

function classOf(segment: Segment): Pass['class'] {
  return segment === 'syn' ? 'new' : segment === 'ack' ? 'established' : 'reply';
}

function fateOf(outcome: 'drop' | 'undecided', rule: Rule | null): Fate {
  if (outcome !== 'drop') return outcome;
  return rule?.targets.some(({ action }) => action.kind === 'reject') ? 'rejected' : 'dropped';
}

function originalDestination({ original }: ConntrackEntry): Walk['originalDestination'] {
  return { address: original.dst, port: original.dport };
}
