import { renderPage } from '../../src/render/pages.ts';
import { renderRules } from '../../src/render/rule-list.ts';

const PAGE = `---
code: GD2104
---
# Service targetPort names a port that no selected Pod declares

The **name** in \`targetPort\` must be a port name of the
Pods, see [Services](https://kubernetes.io/docs/concepts/services-networking/service/).

## Example

\`\`\`yaml
ports:
  - port: 80
    targetPort: a-name-that-is-longer-than-the-terminal-is-wide # stays whole

\`\`\`

- first
- second, which is long enough to be wrapped at this width
  and goes on
  1. nested
`;

test('a page is wrapped, code is indented and left whole', () => {
  expect(
    renderPage(PAGE, { width: 50, color: false }),
  ).toBe(`# Service targetPort names a port that no selected
  Pod declares

The name in \`targetPort\` must be a port name of
the Pods, see Services
(https://kubernetes.io/docs/concepts/services-networking/service/).

## Example

    ports:
      - port: 80
        targetPort: a-name-that-is-longer-than-the-terminal-is-wide # stays whole


- first
- second, which is long enough to be wrapped at
  this width and goes on
  1. nested
`);
});

test('colour makes headings and code stand out', () => {
  const text = renderPage('# Title\n\nuse `kubectl`\n', { width: 80, color: true });
  expect(text).toBe('\u001b[1m# Title\u001b[22m\n\nuse \u001b[36m`kubectl`\u001b[39m\n');
});

test('rules are listed with code, severity, hop, name, title and what they read', () => {
  const rule = {
    code: 'GD2104',
    name: 'service-targetport-name-missing',
    severity: 'critical',
    hop: 'service',
    title: 'Service targetPort names a port that no selected Pod declares',
    reads: 'Service; Pods; also events',
  } as const;
  const lines = renderRules([rule], { width: undefined, color: false }).split('\n');
  expect(lines[1]?.trim()).toBe('READS');
  expect(lines[2]?.split(/\s{2,}/)).toEqual([rule.code, rule.severity, rule.hop, rule.name, rule.title]);
  expect(lines[3]?.trim()).toBe(rule.reads);
  for (const line of renderRules([rule], { width: 60, color: false }).split('\n'))
    expect(line.length).toBeLessThan(76);
});
