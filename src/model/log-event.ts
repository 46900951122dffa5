/**
 * What a line of a controller's log can say, in words that fit every product. The ones about the way to a Pod come
 * first, then those about the client, then those about the controller itself.
 */
export type LogPattern =
  /** A request and its answer. */
  | 'request'
  /** The address refused the connection. */
  | 'connection-refused'
  /** The connection to the address never came about. */
  | 'connect-timeout'
  /** Nobody is there under the address. */
  | 'host-unreachable'
  /** The answer did not begin in time. */
  | 'read-timeout'
  /** Nothing came for too long over an open answer or connection. */
  | 'stream-timeout'
  /** The address closed the connection instead of answering. */
  | 'closed-early'
  /** The headers of the answer are larger than the proxy takes. */
  | 'response-header-too-large'
  /** The answer is not in the protocol that the proxy speaks. */
  | 'invalid-header'
  /** The address did not answer in TLS. */
  | 'tls-to-plain'
  /** The certificate of the address is not trusted. */
  | 'certificate-rejected'
  /** There was no address to send the request to. */
  | 'no-endpoint'
  /** Nothing matched the request. */
  | 'no-route'
  /** The request body is larger than allowed. */
  | 'body-too-large'
  /** The request line or headers are larger than allowed. */
  | 'request-header-too-large'
  /** The client went over a rate or connection limit. */
  | 'limited'
  /** The client is not allowed in. */
  | 'forbidden'
  /** The external authentication answered with neither yes nor no. */
  | 'auth-unexpected'
  /** The connection does not begin with the PROXY header. */
  | 'proxy-protocol-broken'
  /** The Service is not known to the controller. */
  | 'service-unknown'
  /** The default certificate stands in for one that cannot be used. */
  | 'certificate-default'
  /** The proxy refuses its new configuration, and says where. */
  | 'configuration-refused'
  /** The proxy could not be given its new configuration. */
  | 'reload-failed'
  /** The proxy has taken its new configuration. */
  | 'reload-done'
  /** The proxy could not be told the endpoints. */
  | 'sync-failed'
  /** The proxy was told the endpoints. */
  | 'sync-done'
  /** The API server refuses the controller a read or a write. */
  | 'permission-denied';

/** One try of the proxy to have a request answered. */
export interface UpstreamTry {
  /** `10.0.0.5:8080`, `[fd00::1]:8080`. */
  readonly address: string;
  /** As the proxy logs it: a status of its own where the address gave none. */
  readonly status?: number;
  readonly seconds?: number;
  /** Bytes of the answer's body. */
  readonly bytes?: number;
}

/** What the API server refuses a controller. */
export interface Refusal {
  /** `system:serviceaccount:ingress-nginx:ingress-nginx`; absent where the line does not tell. */
  readonly account?: string;
  readonly verb: string;
  /** `endpointslices.discovery.k8s.io`. */
  readonly resource: string;
  /** Absent: in the whole cluster. */
  readonly namespace?: string;
}

/** What one line of a controller's log says. Absent fields are not told by the line. */
export interface LogEvent {
  readonly pattern: LogPattern;
  /** Whether the line says so in words; otherwise it follows from flags and times. */
  readonly isExplicit: boolean;
  /** Whether it is the one line that stands for a request, as an access log has it. */
  readonly isRequest: boolean;
  /** Without credentials, cut to a readable length. */
  readonly line: string;
  readonly time?: Date;
  /** The HTTP status that the client got. */
  readonly status?: number;
  /** How long the whole request took. */
  readonly seconds?: number;
  /** In their order; empty where the proxy answered by itself. */
  readonly tries?: readonly UpstreamTry[];
  /** In lower case, without a port. */
  readonly host?: string;
  /** Without the query. */
  readonly path?: string;
  /** `namespace-service-port`, whatever the product writes between them. */
  readonly backend?: string;
  /** `namespace/name` of a Service or Secret that the line is about. */
  readonly object?: string;
  readonly refusal?: Refusal;
}
