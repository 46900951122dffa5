import { kubectl } from '../../kubernetes/command.ts';
import { recentText } from '../../kubernetes/log-lines.ts';
import { isPodReady } from '../../kubernetes/pod.ts';
import type { ConfigMap } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence, logEvidence } from '../shared/evidence.ts';
import { podOf } from '../shared/log-events.ts';
import { failedLookups, NAME_LOOKUP_CONSEQUENCES } from '../shared/name-lookups.ts';

export const dnsUpstreamFailing = defineRule({
  code: 'GD5203',
  name: 'dns-upstream-failing',
  title: 'the resolvers that CoreDNS forwards to do not answer',
  hop: 'dns',
  severity: 'high',
  confidence: 'likely',
  symptom: 'application-error',
  explains: NAME_LOOKUP_CONSEQUENCES,
  visits: 'cluster',
  needs: ['dnsPods'],
  uses: ['dnsLogs', 'dnsConfig'],

  *check({ trace, now, dnsPods, dnsLogs, dnsConfig }) {
    if (!dnsPods.some(isPodReady)) return;
    const found = (dnsLogs ?? []).flatMap((log) => {
      const lines = recentText(log.text, now, RECENT)
        .split('\n')
        .filter((line) => FAILED.test(line));
      return lines.length >= SEVERAL ? [{ log, lines }] : [];
    });
    const [first] = found;
    if (first === undefined) return;
    const { log, lines } = first;
    const names = new Set(lines.flatMap((line) => FAILED.exec(line)?.[1] ?? []));
    const hurt = trace.backends.map(({ service, pods }) => {
      const external = valueOr(service, undefined)?.spec?.externalName;
      if (external !== undefined) return names.has(trimmed(external)) ? 'external name' : undefined;
      const lookups: readonly Evidence[] = valueOr(pods, []).flatMap(failedLookups);
      return lookups.some(({ value }) => [...names].some((name) => value.includes(name)))
        ? 'lookups'
        : undefined;
    });
    if (hurt.every((each) => each === undefined)) return;
    const isExternal = hurt.every((each) => each === 'external name');
    const object = podOf(log);
    yield {
      object,
      message: `the resolvers that it forwards to do not answer, for \`${[...names][0] ?? ''}\` among others`,
      ...(isExternal ? { symptom: 'name-unresolved' as const } : {}),
      partial: hurt.includes(undefined),
      evidence: [
        logEvidence(object, log, lines.at(-1) ?? ''),
        { object, source: `such lines in the log of container ${log.container}`, value: `${lines.length}` },
        ...forwardEvidence(dnsConfig),
      ],
      fix: {
        summary:
          'see that the resolvers of the Nodes can be reached from the Pods of CoreDNS (UDP and TCP port 53), or forward to others in the Corefile',
        commands: [
          { run: kubectl(log.namespace, 'logs', log.pod, '--tail=50'), effect: 'looks' },
          { run: kubectl(log.namespace, 'get', 'configmap', 'coredns', '-o', 'yaml'), effect: 'looks' },
        ],
      },
    };
  },
});

/** Seconds for which lines with a time in them count. */
const RECENT = 900;

/** One lost packet makes a line or two; a resolver that is out of reach makes many. */
const SEVERAL = 3;

/** The errors plugin's line about a query that the forward plugin got no answer for: `plugin/errors: 2 name. A: read udp ...: i/o timeout`. */
const FAILED =
  /plugin\/errors: \d+ (\S+?)\.? [A-Z]+: .*(?:i\/o timeout|connection refused|no route to host|unreachable|no healthy upstream)/;

function trimmed(name: string): string {
  return name.replace(/\.$/, '');
}

function forwardEvidence(config: ConfigMap | undefined): readonly Evidence[] {
  const line = /^\s*forward\s.*$/m.exec(config?.data?.['Corefile'] ?? '')?.[0];
  return config === undefined || line === undefined
    ? []
    : [fieldEvidence(referenceTo(config), 'data.Corefile', line)];
}
