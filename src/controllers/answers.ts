import type { Symptom } from '../model/symptom.ts';
import type { Answer } from './profile.ts';

/** The controller's proxy gives the status itself. */
export function proxyAnswers(status: number, note?: string): Answer {
  return { status, by: 'controller', ...(note !== undefined && { note }) };
}

/** The route is left out of the proxy's configuration: it gives the status where no broader path takes the requests. */
export function proxyLacksRoute(status: number, note: string): Answer {
  return { ...proxyAnswers(status, note), skipsRoute: true };
}

/** The proxy answers, but with which status is not certain, for the given reason. */
export function proxyAnswersUnknown(note: string): Answer {
  return { status: null, by: 'controller', note };
}

/** The load balancer outside the cluster goes on with the configuration that it has. */
export function keepsLastConfiguration(note: string): Answer {
  return { status: null, by: 'controller', note: `${note}: the load balancer keeps its last configuration` };
}

/** Plain HTTP on a TLS port: most TLS servers recognise it and say so; the others hang up on the proxy. */
export function plainToTls(otherwise: number): Answer {
  return {
    status: 400,
    by: 'application',
    note: `${otherwise} where the application closes the connection instead of answering`,
  };
}

/** Clients without the right certificate get no further than the TLS handshake. */
export const NO_HANDSHAKE: Answer = {
  status: null,
  by: 'nobody',
  note: 'the TLS handshake fails before any HTTP',
};

/** What does not depend on the product. */
export const COMMON_ANSWERS = {
  'no-address': { status: null, by: 'nobody', note: 'no address to connect to' },
  'controller-down': { status: null, by: 'nobody', note: 'the connection is refused or times out' },
  'connection-dropped': { status: null, by: 'nobody', note: 'the connection ends before any HTTP' },
  'unreadable-request': { status: 400, by: 'controller' },
  'targets-unhealthy': {
    status: null,
    by: 'controller',
    note: 'only load balancers outside the cluster check targets by themselves',
  },
  'tls-handshake-failure': { status: null, by: 'nobody', note: 'the TLS handshake fails before any HTTP' },
  'application-error': { status: null, by: 'application', note: "the application's own status" },
  'stale-configuration': {
    status: 200,
    by: 'application',
    note: 'by the last configuration that got through',
  },
  'wrong-backend': { status: null, by: 'application', note: 'the other backend answers with its own status' },
  'untrusted-certificate': {
    status: 200,
    by: 'application',
    note: 'clients that verify certificates refuse before any HTTP',
  },
  'reduced-capacity': { status: 200, by: 'application' },
  'dns-down': { status: 200, by: 'application' },
} as const satisfies Partial<Record<Symptom, Answer>>;

/** A complete table, from which `answer` reads. */
export type AnswerTable = Readonly<Record<Symptom, Answer>>;
