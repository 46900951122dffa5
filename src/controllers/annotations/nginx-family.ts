import { type AnnotationCatalogue, keysByKind } from './catalogue.ts';

/** Annotations of F5's NGINX Ingress Controller. Facts: its internal/configs/annotations.go and documentation. */
export const F5_NGINX: AnnotationCatalogue = {
  product: 'f5-nginx',
  owner: 'F5 NGINX Ingress Controller',
  prefixes: ['nginx.org', 'nginx.com', 'appprotect.f5.com', 'appprotectdos.f5.com'],
  keys: keysByKind({
    boolean: `proxy-buffering redirect-to-https server-tokens hsts hsts-include-subdomains hsts-behind-proxy
      proxy-hide-upgrade health-checks health-checks-mandatory slow-start-enabled ssl-prefer-server-ciphers
      app-protect-enable app-protect-security-log-enable app-root-enable use-cluster-ip limit-req-dry-run
      limit-req-no-delay limit-req-no-log-headers limit-req-scale sticky-cookie-enabled`,
    number: `keepalive max-fails max-conns hsts-max-age proxy-buffers-number limit-req-reject-code limit-req-burst
      limit-req-delay health-checks-mandatory-queue proxy-next-upstream-tries http-redirect-code ssl-redirect-code`,
    duration: `proxy-connect-timeout proxy-read-timeout proxy-send-timeout fail-timeout slow-start keepalive-timeout
      proxy-next-upstream-timeout`,
    size: `client-max-body-size proxy-buffer-size proxy-busy-buffers-size proxy-max-temp-file-size upstream-zone-size
      limit-req-zone-size client-body-buffer-size`,
    list: `proxy-hide-headers proxy-pass-headers proxy-set-headers ssl-services grpc-services websocket-services
      listen-ports listen-ports-ssl sticky-cookie-services add-header rewrites policies`,
    snippet: 'server-snippets location-snippets',
    option: 'lb-method path-regex mergeable-ingress-type limit-req-log-level',
    name: `basic-auth-secret jwt-key app-protect-policy app-protect-security-log
      app-protect-security-log-destination app-protect-dos-resource`,
    text: `basic-auth-realm jwt-realm jwt-token jwt-login-url proxy-buffers limit-req-rate limit-req-key rewrite-target
      ssl-ciphers app-root proxy-next-upstream`,
  }),
  isComplete: false,
};

/** Annotations of jcmoraisjr/haproxy-ingress. Facts: docs/content/en/docs/configuration/keys.md. */
export const HAPROXY_INGRESS: AnnotationCatalogue = {
  product: 'haproxy-ingress',
  owner: 'HAProxy Ingress',
  prefixes: ['haproxy-ingress.github.io', 'ingress.kubernetes.io'],
  prefixFlag: 'annotations-prefix',
  keys: keysByKind({
    boolean: `ssl-redirect hsts hsts-preload hsts-include-subdomains cors-enable cors-allow-credentials cross-namespace
      enable-http2 forwardfor-preserve from-to-www-redirect proxy-protocol-enable secure-backends-enable
      service-upstream use-resolver-enable session-cookie-dynamic session-cookie-preserve session-cookie-shared
      ssl-always-add-https ssl-always-follow-redirect ssl-passthrough tls-alpn-enable use-htx auth-tls-strict
      auth-external-placement-enable redirect-to-www`,
    number: `backend-server-slots blue-green-mode-weight cors-max-age hsts-max-age initial-weight limit-connections
      limit-rps maxconn-server maxqueue-server oauth-max ssl-redirect-code redirect-from-code redirect-to-code
      auth-tls-verify-depth health-check-fall-count health-check-rise-count path-priority ssl-passthrough-http-port`,
    duration: `timeout-client timeout-client-fin timeout-connect timeout-http-request timeout-keep-alive timeout-queue
      timeout-server timeout-server-fin timeout-stop timeout-tunnel agent-check-interval health-check-interval
      backend-check-interval`,
    size: 'proxy-body-size',
    cidrs: `allowlist-source-range denylist-source-range whitelist-source-range limit-whitelist
      auth-external-allowlist`,
    list: `server-alias cors-allow-headers cors-allow-methods cors-allow-origin cors-expose-headers headers
      config-backend config-frontend auth-headers-fail auth-headers-request auth-headers-succeed oauth-headers
      tls-alpn ssl-cipher-suites ssl-options-host http-header-match http-header-match-regex path-type-order`,
    regex:
      'rewrite-target server-alias-regex server-redirect-regex redirect-from-regex cors-allow-origin-regex',
    url: 'auth-url auth-signin app-root auth-tls-error-page oauth-uri-prefix redirect-to waf-url',
    option: `affinity backend-protocol balance-algorithm blue-green-mode blue-green-deploy forwardfor path-type waf
      waf-mode auth-type auth-method auth-tls-verify-client session-cookie-strategy session-cookie-value-strategy
      slots-min-free secure-sni ssl-ciphers ssl-ciphers-backend ssl-options-backend oauth`,
    name: `auth-secret auth-realm auth-tls-secret secure-crt-secret secure-verify-ca-secret secure-verify-hostname
      backend-server-naming cert-signer tcp-service-port session-cookie-name session-cookie-domain
      session-cookie-keywords session-cookie-same-site assign-backend-server-id var-namespace auth-log-format
      oauth-uri-prefix server-redirect redirect-from health-check-uri health-check-addr health-check-port
      agent-check-addr agent-check-port agent-check-send http-server-name blue-green-cookie blue-green-header
      blue-green-balance auth-tls-cert-header tcp-log-format http-log-format https-log-format`,
  }),
  isComplete: false,
};
