import type { Settings } from '../../controllers/profile.ts';
import { settingOr } from '../../controllers/settings.ts';
import { kubectl } from '../../kubernetes/command.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import type { Report } from '../../model/finding.ts';
import type { IngressTrace, TlsTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { isCoveredByName } from '../shared/served-certificate.ts';

export const tlsSecretnameEmpty = defineRule({
  code: 'GD0411',
  name: 'tls-secretname-empty',
  title: 'spec.tls names no Secret, and the controller has no certificate of its own',
  hop: 'tls',
  severity: 'medium',
  confidence: 'likely',
  symptom: 'untrusted-certificate',
  explains: [],
  visits: 'tls',
  needs: [],

  *check({ trace, ingress, tls }) {
    if ((tls.entry.secretName ?? '') !== '' || bringsCertificate(ingress)) return;
    const effect = effectOf(trace, tls);
    if (effect === undefined) return;
    const object = trace.reference;
    const hosts = tls.hosts.map((host) => `\`${host}\``).join(', ') || 'any host';
    yield {
      object,
      message: `\`${tls.field}\` names no Secret: ${effect.words} for ${hosts}`,
      evidence: [
        fieldEvidence(object, `${tls.field}.secretName`, tls.entry.secretName),
        fieldEvidence(object, `${tls.field}.hosts`, tls.entry.hosts?.join(', ')),
        ...(trace.controller.serving === undefined
          ? []
          : [{ object, source: 'default certificate of the controller', value: 'none is set' }]),
      ],
      ...effect.report,
      fix: {
        summary: `name a Secret with a certificate for ${hosts}, or give the controller a default certificate`,
        commands: [
          {
            run: kubectl(object.namespace, 'get', 'secrets', '--field-selector=type=kubernetes.io/tls'),
            effect: 'looks',
          },
        ],
      },
    };
  },
});

interface Effect {
  readonly words: string;
  readonly report: Pick<Report, 'symptom' | 'confidence' | 'severity'>;
}

function effectOf(trace: IngressTrace, { hosts }: TlsTrace): Effect | undefined {
  const { profile, serving } = trace.controller;
  if (serving !== undefined && hasDefault(serving.settings)) return undefined;
  switch (profile.brokenCertificate) {
    case 'default-certificate': {
      const isRescued =
        profile.certificateByName === 'all' &&
        hosts.length > 0 &&
        hosts.every((host) => isCoveredByName(trace, host));
      if (isRescued) return undefined;
      const words = "the controller's own certificate, which no client trusts, is served";
      // Traefik's default certificate is set by objects that are not read.
      return profile.certificateByName === 'all'
        ? { words, report: { confidence: 'suspect', severity: 'info' } }
        : { words, report: {} };
    }
    case 'handshake-failure':
    case 'no-https':
      return {
        words: 'nothing is served by HTTPS',
        report: { symptom: 'tls-handshake-failure', severity: 'high' },
      };
    default:
      return undefined;
  }
}

/** Settings by which controllers are given the certificate for such entries: ingress-nginx and HAProxy Ingress, F5, Traefik. */
const DEFAULTS = ['default-ssl-certificate', 'wildcard-tls-secret'];

function hasDefault(settings: Settings): boolean {
  return (
    DEFAULTS.some((flag) => settingOr(settings, flag, '') !== '') ||
    [...settings.keys()].some((flag) => /^entrypoints\..*\.tls|^certificatesresolvers\./.test(flag))
  );
}

/** Annotations that bring the certificate by another way than a Secret, or leave TLS to the backend. */
const OTHER_WAYS =
  /\/ssl-passthrough$|^networking\.gke\.io\/managed-certificates$|\/pre-shared-cert$|\/appgw-ssl-certificate$|\/certificate-arn$|\/router\.tls\.certresolver$/;

function bringsCertificate({ metadata }: Ingress): boolean {
  return Object.entries(metadata?.annotations ?? {}).some(
    ([key, value]) => OTHER_WAYS.test(key) && value.trim() !== '' && value.trim().toLowerCase() !== 'false',
  );
}
