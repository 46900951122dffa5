import { stripVTControlCharacters } from 'node:util';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { displayWidth } from '../../src/render/columns.ts';
import { renderTable } from '../../src/render/table.ts';
import { renderText } from '../../src/render/text.ts';
import { renderWide } from '../../src/render/wide.ts';
import {
  degraded,
  failing,
  finding,
  healthy,
  hostile,
  manyRoutes,
  NOW,
  several,
  unknown,
} from './fixtures.ts';

const PLAIN = { width: 80, color: false, now: NOW };
const ALL: readonly Diagnosis[] = [failing, degraded, healthy, unknown, hostile, manyRoutes];

describe('colour', () => {
  test.each([renderText, renderWide, renderTable])('%p: only repeats what the words say', (render) => {
    const coloured = render(ALL, { ...PLAIN, color: true });
    const plain = render(ALL, PLAIN);
    expect(coloured).toContain('\u001b[');
    expect(plain).not.toContain('\u001b');
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  test('is the option alone: the environment does not matter', () => {
    const before = process.env['NO_COLOR'];
    process.env['NO_COLOR'] = '1';
    try {
      expect(renderText([failing], { ...PLAIN, color: true })).toContain('\u001b[');
    } finally {
      if (before === undefined) delete process.env['NO_COLOR'];
      else process.env['NO_COLOR'] = before;
    }
  });
});

describe('every report', () => {
  test.each([60, 80, 120])(
    'at %i columns passes the width only with commands and unbreakable words',
    (width) => {
      const lines = renderText([failing, degraded, healthy, unknown, manyRoutes], { ...PLAIN, width }).split(
        '\n',
      );
      const long = lines.filter((line) => displayWidth(line) > width);
      expect(long.filter((line) => !line.trim().startsWith('kubectl '))).toEqual([]);
    },
  );

  test.each([60, 80, undefined])('at width %s prints each command on one line of its own', (width) => {
    const lines = renderText(ALL, { ...PLAIN, width })
      .split('\n')
      .map((line) => line.trim());
    const commands = [failing, manyRoutes].flatMap(({ rootCauses }) =>
      rootCauses.flatMap(({ finding: { fix } }) => fix?.commands ?? []),
    );
    expect(commands).not.toEqual([]);
    for (const { run } of commands) expect(lines).toContain(run);
  });

  test('no untrusted text reaches the terminal unseen', () => {
    const text = [renderText, renderWide, renderTable].map((render) => render([hostile], PLAIN)).join('');
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });

  test('no line break of the cluster begins a line of the report', () => {
    const lines = renderText([hostile], PLAIN).split('\n');
    expect(lines.filter((line) => /^(Root cause|✓)/.test(line))).toHaveLength(2);
  });

  test('is laid out for 40 columns where the terminal reports fewer', () => {
    for (const render of [renderText, renderTable]) {
      expect(render(ALL, { ...PLAIN, width: 0 })).toBe(render(ALL, { ...PLAIN, width: 40 }));
    }
  });

  test('has the word of each verdict', () => {
    for (const diagnosis of ALL) expect(renderText([diagnosis], PLAIN)).toContain(`${diagnosis.verdict}: `);
  });
});

describe('what is left out', () => {
  test('is counted in the text, and shown in full', () => {
    const brief = renderText([manyRoutes], { ...PLAIN, width: undefined });
    const full = renderWide([manyRoutes], { ...PLAIN, width: undefined });
    const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
    const left = [...brief.matchAll(/… (\d+) more (?:healthy )?routes/g)].map(([, number]) => Number(number));
    const shown = count(brief, /^[✗✓]/gm);
    expect(shown + left.reduce((sum, number) => sum + number, 0)).toBe(manyRoutes.routes.length);
    expect(count(full, /^[✗✓]/gm)).toBe(manyRoutes.routes.length);
    expect(full).not.toContain('-o wide');
    for (const { rule } of manyRoutes.findings) expect(full).toContain(rule);
  });

  test('more root causes than fit are named with their messages', () => {
    const rootCauses = Array.from({ length: 6 }, (_, index) => ({
      finding: finding({
        code: `GD210${index}`,
        rule: `rule-${index}`,
        object: { kind: 'Service', namespace: 'shop', name: `s${index}` },
        message: `message ${index}`,
      }),
      affects: [],
      explained: [],
    }));
    const text = renderText([{ ...failing, rootCauses, findings: [] }], PLAIN);
    for (const { finding: each } of rootCauses) expect(text).toContain(each.message);
    expect(text).toContain('And 3 more root causes');
  });
});

describe('findings', () => {
  test('a root cause and what it explains are not told again as other findings', () => {
    const text = renderText([failing], PLAIN);
    expect(text.split('pod-readiness-http-status')).toHaveLength(3);
    expect(text.split('endpoints-all-not-ready')).toHaveLength(2);
  });

  test('a suspect stands apart from proven causes, and in full where none is proven', () => {
    const proven = renderText([failing], PLAIN);
    expect(proven.indexOf('Possible, not proven')).toBeGreaterThan(proven.indexOf('Root cause'));
    expect(proven).not.toContain('kubectl -n shop top pod');
    expect(renderText([unknown], PLAIN)).toContain('kubectl -n shop top pod');
  });

  test('a command that changes the cluster is announced, one that looks says so', () => {
    const lines = renderText([failing], { ...PLAIN, width: undefined }).split('\n');
    const lineAbove = (part: string) => lines[lines.findIndex((line) => line.includes(part)) - 1];
    expect(lineAbove('rollout undo')).toContain('(changes the cluster)');
    expect(lineAbove('logs deployment/api')).toContain('(changes nothing)');
  });
});

describe('the seen status', () => {
  test.each([
    [503, 'predicted on 1 of 2 routes'],
    [404, 'predicted on none of the routes'],
  ])('%i: %s', (seenStatus, words) => {
    expect(renderText([failing], { ...PLAIN, seenStatus })).toContain(`you saw ${seenStatus}: ${words}`);
  });
});

describe('the time', () => {
  test('has its date without a moment to compare it with, or on another day', () => {
    expect(renderText([failing], { width: 80, color: false })).toContain('2026-11-22 14:02:10 UTC\n');
    const later = { ...PLAIN, now: new Date('2026-11-25T00:00:00Z') };
    expect(renderText([failing], later)).toContain('2026-11-22 14:02:10 UTC (2d ago)');
  });
});

describe('expectations', () => {
  const [route] = failing.routes;
  const expectation = (
    prediction: Diagnosis['routes'][number]['prediction'],
    verdict: Diagnosis['verdict'],
  ) => {
    if (route === undefined) throw new Error('the fixture has no route');
    const routes = [{ ...route, verdict, prediction }];
    return renderText([{ ...failing, routes, verdict }], { ...PLAIN, width: undefined });
  };
  test.each([
    [
      { status: null, confidence: 'certain', reason: 'the TLS handshake fails' },
      'no HTTP answer expected: the TLS',
    ],
    [
      { status: null, answeredBy: 'application', confidence: 'likely', reason: 'it answers with an error' },
      'status cannot be told: it answers with an error, answered by the application',
    ],
    [
      {
        status: 200,
        symptom: 'untrusted-certificate',
        confidence: 'certain',
        reason: 'clients reject the certificate',
      },
      '200 expected, with trouble: clients reject the certificate',
    ],
    [
      { status: 200, partialStatus: null, confidence: 'suspect', reason: 'connections time out' },
      'no HTTP answer possible on some requests, 200 on the others',
    ],
  ] as const)('%j', (prediction, words) => {
    expect(expectation(prediction, 'failing')).toContain(words);
  });
});

describe('what was looked at', () => {
  test('is named where nothing is wrong', () => {
    expect(renderText([healthy], PLAIN)).toContain(
      'Looked at: Ingress shop/web; IngressClass nginx; Service shop/web',
    );
  });

  test('does not hold what could not be read', () => {
    const text = renderText([unknown], PLAIN);
    expect(text).toContain('Looked at: Ingress shop/web\n');
    expect(text).toContain('Not checked: pods/log in ingress-nginx, pods in shop (forbidden)');
  });

  test('the rules that did not run are counted, and named in full', () => {
    expect(renderText([unknown], { ...PLAIN, width: undefined })).toContain('; 6 rules could not run');
    const full = renderWide([unknown], { ...PLAIN, width: undefined });
    expect(full).toContain('not run: pod-crashloop, pod-oomkilled, app-log-errors');
    expect(full).toContain('User "ann" cannot list resource "pods"');
  });
});

describe('the table', () => {
  test('has the worst first, then by namespace and name', () => {
    const names = renderTable(several, { ...PLAIN, width: undefined })
      .split('\n')
      .slice(1, 6)
      .map((line) => line.split(/\s+/).slice(0, 2).join('/'));
    expect(names).toEqual([
      'archive/a-very-long-ingress-name-of-the-archive-team',
      'shop/web',
      'shop/checkout',
      'edge/gateway',
      'docs/docs',
    ]);
  });

  test('counts the verdicts and leads to the worst Ingress', () => {
    const text = renderTable(several, PLAIN);
    expect(text).toContain('5 Ingresses: 2 failing, 1 degraded, 1 unknown, 1 healthy');
    expect(text).toContain('kubectl gateway-doctor a-very-long-ingress-name-of-the-archive-team -n archive');
  });

  test('of one namespace does not repeat it, and of nothing says so', () => {
    expect(renderTable([failing, degraded], PLAIN)).not.toContain('NAMESPACE');
    for (const render of [renderTable, renderText, renderWide])
      expect(render([], PLAIN)).toBe('no Ingresses\n');
  });

  test.each([60, 80, 100, 120, 200])('at %i columns keeps every root cause', (width) => {
    const text = renderTable(several, { ...PLAIN, width });
    for (const rule of ['pod-readiness-http-status +1', 'pod-ready-but-refusing'])
      expect(text).toContain(rule);
  });
});
