import type { Manifest, Site, TruthCase } from '../case.ts';
import { type CertificateOptions, makeCertificate } from '../certificate.ts';
import { ready } from '../conditions.ts';
import { ingress, path, web } from '../objects.ts';

const HTTPS = [{ scheme: 'https' }] as const;

/** Certificates and the hosts that they are for. */
export const TLS_CASES: readonly TruthCase[] = [
  {
    name: 'tls-secret-missing',
    hop: 'tls',
    about: 'the TLS Secret does not exist',
    expect: { verdict: 'failing', cause: 'tls-secret-missing' },
    objects: web(),
    ingresses: (site) => [secured(site)],
    requests: HTTPS,
    until: ready('web'),
    ci: true,
  },
  {
    name: 'tls-secret-malformed',
    hop: 'tls',
    about: 'the TLS Secret holds no certificate',
    expect: { verdict: 'failing', cause: 'tls-secret-malformed' },
    objects: web(),
    ingresses: (site) => [
      secured(site),
      secret(site, { certificate: 'not a certificate\n', key: makeCertificate({ hosts: ['a.test'] }).key }),
    ],
    requests: HTTPS,
    until: ready('web'),
  },
  {
    name: 'tls-key-mismatch',
    hop: 'tls',
    about: "the TLS Secret's key belongs to another certificate",
    expect: { verdict: 'failing', cause: 'tls-key-mismatch' },
    objects: web(),
    ingresses: (site) => [
      secured(site),
      secret(site, {
        certificate: makeCertificate({ hosts: [site.host] }).certificate,
        key: makeCertificate({ hosts: [site.host] }).key,
      }),
    ],
    requests: HTTPS,
    until: ready('web'),
    ci: true,
  },
  certificateCase('tls-expired', 'the certificate expired yesterday', (site) => ({
    hosts: [site.host],
    fromDays: -90,
    untilDays: -1,
  })),
  certificateCase('tls-not-yet-valid', 'the certificate is valid from tomorrow on', (site) => ({
    hosts: [site.host],
    fromDays: 1,
  })),
  certificateCase('tls-san-mismatch', 'the certificate is for another host', (site) => ({
    hosts: [`www.${site.host}`],
  })),
  {
    name: 'tls-host-not-listed',
    hop: 'tls',
    about: "the rule's host is not in the list of TLS hosts",
    expect: { verdict: 'failing', cause: 'tls-host-not-listed' },
    objects: web(),
    ingresses: (site) => [
      ingress(site, undefined, {
        tls: [{ hosts: [`www.${site.host}`], secretName: nameOf(site) }],
      }),
      secret(site, makeCertificate({ hosts: [`www.${site.host}`] })),
    ],
    requests: HTTPS,
    byUrl: true,
    until: ready('web'),
  },
  {
    name: 'healthy-tls',
    permissions: true,
    hop: 'tls',
    about: 'the certificate is good',
    expect: { verdict: 'healthy' },
    objects: web(),
    ingresses: (site) => [secured(site), secret(site, makeCertificate({ hosts: [site.host] }))],
    requests: HTTPS,
    until: ready('web'),
    ci: true,
  },
  {
    name: 'healthy-tls-wildcard',
    hop: 'tls',
    about: 'a wildcard certificate covers the host',
    expect: { verdict: 'healthy' },
    objects: web(),
    ingresses: (site) => [
      ingress(site, [path('web')], { tls: [{ hosts: [site.host], secretName: nameOf(site) }] }),
      secret(site, makeCertificate({ hosts: [site.host.replace(/^[^.]+/, '*')] })),
    ],
    requests: HTTPS,
    until: ready('web'),
  },
];

function certificateCase(
  name: string,
  about: string,
  options: (site: Site) => CertificateOptions,
): TruthCase {
  return {
    name,
    hop: 'tls',
    about,
    expect: { verdict: 'failing', cause: name },
    objects: web(),
    ingresses: (site) => [secured(site), secret(site, makeCertificate(options(site)))],
    requests: HTTPS,
    until: ready('web'),
    ...(name !== 'tls-not-yet-valid' && { ci: true }),
    ...(name === 'tls-expired' && { permissions: true }),
  };
}

function secured(site: Site): Manifest {
  return ingress(site, undefined, { tls: [{ hosts: [site.host], secretName: nameOf(site) }] });
}

/** Of its own in each case: a Secret of the same name elsewhere would be evidence of another fault. */
function nameOf({ className, namespace }: Site): string {
  return `${namespace}-${className}-tls`;
}

function secret(
  site: Site,
  { certificate, key }: { readonly certificate: string; readonly key: string },
): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: nameOf(site) },
    type: 'kubernetes.io/tls',
    stringData: { 'tls.crt': certificate, 'tls.key': key },
  };
}
