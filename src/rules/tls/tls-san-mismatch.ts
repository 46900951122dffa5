import { coversHost, leafOf, malformation } from '../../kubernetes/tls-secret.ts';
import { valueOr } from '../../model/read.ts';
import type { IngressTrace, RouteTrace, TlsTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import {
  defaultDistrust,
  isCoveredByName,
  nameOfSecretEvidence,
  namesSecret,
  renewal,
  secretOf,
} from '../shared/served-certificate.ts';

export const tlsSanMismatch = defineRule({
  code: 'GD0406',
  name: 'tls-san-mismatch',
  title: 'the certificate is not for the host',
  hop: 'tls',
  severity: 'high',
  confidence: 'certain',
  symptom: 'untrusted-certificate',
  explains: [],
  visits: 'route',
  needs: [],

  *check({ trace, route }) {
    const tls = entryFor(trace, route);
    const secret = tls?.secret === undefined ? undefined : valueOr(tls.secret, undefined);
    const leaf = secret === undefined ? undefined : leafOf(secret);
    if (tls === undefined || secret === undefined || leaf === undefined) return;
    // A certificate that cannot be served at all is for other rules.
    if (malformation(secret) !== undefined || secret.keyMatches === false) return;
    if (!namesSecret(trace, tls) || coversHost(leaf, route.host)) return;
    const { certificateByName } = trace.controller.profile;
    if (certificateByName === 'all' && isCoveredByName(trace, route.host)) return;

    const object = secretOf(trace, tls);
    yield {
      object,
      message: `its certificate does not cover host \`${route.host}\``,
      evidence: [
        fieldEvidence(object, 'tls.crt names', leaf.names.join(', ') || 'none'),
        fieldEvidence(trace.reference, `${tls.field}.hosts`, tls.entry.hosts?.join(', ')),
        nameOfSecretEvidence(trace, tls),
      ],
      confidence: defaultDistrust(trace),
      fix: renewal(
        trace,
        object,
        `put a certificate whose names cover \`${route.host}\` into the Secret (a wildcard covers one label)`,
      ),
    };
  },
});

/** The entry whose certificate the host gets: the first that lists it, or that lists none. A rule for any host has none. */
function entryFor({ tls }: IngressTrace, { id, host, field }: RouteTrace): TlsTrace | undefined {
  if (host === '' || field === '') return undefined;
  return tls.find(({ routes }) => routes.includes(id));
}
