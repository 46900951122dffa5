import { isIP } from 'node:net';
import type { AnnotationFact, InvalidOutcome, Risk, ValueKind } from './catalogue.ts';

/**
 * How ingress-nginx checks values. Facts: its internal/ingress/annotations/parser/validators.go and the regular
 * expressions of each annotation's package.
 */
type Check = Required<Pick<AnnotationFact, 'kind' | 'accepts' | 'expects'>>;

function check(kind: ValueKind, expects: string, accepts: (value: string) => boolean): Check {
  return { kind, expects, accepts };
}

/** The expression has to match the value after blanks were taken out of it, as the controller does for most. */
function matches(kind: ValueKind, expects: string, expression: RegExp): Check {
  return check(kind, expects, (value) => expression.test(value.replaceAll(' ', '')));
}

function oneOf(expects: string, ...options: readonly string[]): Check {
  return check('option', expects, (value) => options.includes(value.trim()));
}

function isCidrs(value: string): boolean {
  return value.split(',').every((part) => {
    const [address = '', length, ...rest] = part.trim().split('/');
    const family = isIP(address);
    if (family === 0 || rest.length > 0) return false;
    return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128));
  });
}

const BOOLEANS = ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'];
const INTEGER = /^[+-]?\d+$/;
const WORD = 'letters, digits and `- . _ ~ / :`';

/** The checks that annotations share. */
export const CHECKS = {
  boolean: check('boolean', '`true` or `false`', (value) => BOOLEANS.includes(value)),
  number: check('number', 'a whole number', (value) => INTEGER.test(value)),
  seconds: check('seconds', 'a whole number of seconds, without a unit', (value) => INTEGER.test(value)),
  size: matches('size', 'a size such as `8m`, `16k` or `1024`', /^\d+[bkmg]?$/i),
  cidrs: check('cidrs', 'IP addresses and CIDRs, separated by commas', isCidrs),
  name: matches('name', WORD, /^[-._~a-zA-Z0-9/:]*$/),
  words: check('text', `${WORD} and blanks`, (value) => /^[-._~a-zA-Z0-9/: ]*$/.test(value)),
  url: matches('url', `a URL of ${WORD} and \`? & =\``, /^[-._~a-zA-Z0-9/:?&=]*$/),
  // Commas since 1.12.
  urlWithVariables: matches(
    'url',
    `a URL of ${WORD}, \`? & = ,\` and nginx variables`,
    /^[-._~a-zA-Z0-9/:, ?&=$]*$/,
  ),
  variable: matches('text', 'letters, digits, `- _` and nginx variables', /^[A-Za-z0-9\-_${}]*$/),
  pathWithCaptures: check('regex', 'a path of letters, digits, `- . _ ~ / :` and `$1` to `$9`', (value) =>
    /^\/?[-._~a-zA-Z0-9/:$]*$/.test(value),
  ),
  expression: check(
    'regex',
    'a regular expression of letters, digits and `- . _ ~ / : ^ $ [ ] ( ) { } * + ? | & = \\`',
    (value) => /^[-._~a-zA-Z0-9/:^$[\](){}*+?|&=\\]*$/.test(value),
  ),
  serverNames: check('list', 'host names, separated by commas', (value) =>
    value.split(',').every((name) => /^[-._~a-zA-Z0-9/:^$[\](){}*+?|&=\\]*$/.test(name.trim())),
  ),
  headers: matches('list', 'header names, separated by commas', /^[A-Za-z0-9\-_,]*$/),
  cacheDurations: check('text', `${WORD}, commas and blanks`, (value) =>
    /^[-._~a-zA-Z0-9/:, ]*$/.test(value),
  ),
  onOff: matches('option', '`on` or `off`', /^(?:on|off)$/),
  anything: check('snippet', 'anything', () => true),
  authType: matches('option', '`basic` or `digest`', /basic|digest/),
  authSecretType: matches('option', '`auth-file` or `auth-map`', /auth-file|auth-map/),
  method: matches('option', 'an HTTP method', /GET|HEAD|POST|PUT|PATCH|DELETE|CONNECT|OPTIONS|TRACE/),
  verifyClient: matches(
    'option',
    '`on`, `off`, `optional` or `optional_no_ca`',
    /on|off|optional|optional_no_ca/,
  ),
  errorPage: matches('url', 'a URL or a path', /^((https?:\/\/)?[A-Za-z0-9\-.]*(:\d+)?\/[A-Za-z0-9\-.]*)?$/),
  commonName: check('regex', '`CN=` and a regular expression', (value) => value.startsWith('CN=')),
  protocol: check('option', '`HTTP`, `HTTPS`, `AUTO_HTTP`, `GRPC`, `GRPCS` or `FCGI`', (value) =>
    ['auto_http', 'http', 'https', 'grpc', 'grpcs', 'fcgi'].includes(value.trim().toLowerCase()),
  ),
  connectionHeader: matches('option', '`close` or `keep-alive`', /^(?:close|keep-alive)$/),
  // Any scheme since 1.12, where it was http and https before.
  origins: check('list', '`*` or origins such as `https://shop.example.com`, separated by commas', (value) =>
    value
      .split(',')
      .every((each) =>
        /^(?:\*|([A-Za-z][\w+.-]*:\/\/)?(\*\.)?[A-Za-z0-9\-.]*(:\d+)?)?$/.test(each.replaceAll(' ', '')),
      ),
  ),
  methods: check('list', 'HTTP methods, separated by commas', (value) => /^[A-Za-z,\s]+$/.test(value)),
  exposedHeaders: check('list', '`*` or header names, separated by commas', (value) =>
    /^[A-Za-z0-9\-_*,\s]+$/.test(value),
  ),
  errorCodes: matches('list', 'status codes from 400 to 599, separated by commas', /^(?:[45,]\d{2},?)*$/),
  serviceName: check('name', 'the name of a Service', (value) =>
    /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(value),
  ),
  fileName: matches('text', 'letters, digits and `. - _`', /^[A-Za-z0-9.\-_]+$/),
  duration: check('duration', 'a duration such as `1m` or `30s`', (value) =>
    /^[+-]?(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$|^0$/.test(value),
  ),
  loadBalance: oneOf(
    '`round_robin`, `ewma`, `chash`, `chashsubset`, `sticky_balanced` or `sticky_persistent`',
    'round_robin',
    'chash',
    'chashsubset',
    'sticky_balanced',
    'sticky_persistent',
    'ewma',
  ),
  operationName: matches('text', 'letters, digits and `_ -`', /^[A-Za-z0-9_-]*$/),
  nextUpstream: check(
    'list',
    "nginx' conditions separated by blanks, such as `error timeout http_502`",
    (value) =>
      value
        .split(/\s/)
        .every((each) =>
          /^(?:(?:error|timeout|invalid_header|http_(?:500|502|503|504|403|404|429)|non_idempotent|off)*)$/.test(
            each,
          ),
        ),
  ),
  httpVersion: oneOf('`1.0` or `1.1`', '1.0', '1.1'),
  tlsProtocols: matches('list', '`TLSv1.2` and `TLSv1.3`', /^(?:TLSv1\.2|TLSv1\.3)*$/),
  upstreamCiphers: matches('text', 'a list of OpenSSL ciphers', /^[A-Za-z0-9+:_\-!]*$/),
  ciphers: matches('text', 'a list of OpenSSL ciphers', /^(?:[A-Za-z0-9!:+-]|@STRENGTH|@SECLEVEL=[0-5])*$/),
  satisfy: oneOf('`any` or `all`', 'any', 'all'),
  affinity: oneOf('`cookie`', 'cookie'),
  affinityMode: oneOf('`balanced` or `persistent`', 'balanced', 'persistent'),
  canaryBehavior: oneOf('`sticky` or `legacy`', 'sticky', 'legacy'),
  cookieAge: matches('number', 'a whole number of seconds', /^0|-?[1-9]\d*$/),
  sameSite: check('option', '`None`, `Lax` or `Strict`', (value) =>
    ['none', 'lax', 'strict'].includes(value.trim().toLowerCase()),
  ),
} as const satisfies Readonly<Record<string, Check>>;

/** A row of the table of annotations. */
export function fact(
  checked: Check,
  risk: Risk,
  whenInvalid: InvalidOutcome,
  aliases: readonly string[] = [],
): AnnotationFact {
  return { ...checked, risk, whenInvalid, ...(aliases.length > 0 && { aliases }) };
}
